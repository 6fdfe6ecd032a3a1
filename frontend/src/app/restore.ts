/** The view back from a picture that was saved here or written by Python. */
import { catalogue } from "../api/catalogue";
import { isObject, type Json } from "../api/decode";
import type { AnimationRequest, Catalogue, SliceRequest, SweepRequest } from "../api/types";
import { recipeOf } from "../export/png";
import { sheetView } from "../rooms/sheet/link";
import { hashTo } from "../shell/address";
import { goTo } from "../shell/history";
import { notice } from "../shell/notice";
import { view } from "../subject/state";
import { askedBy } from "../subject/view";

/** The link of a recipe: the page's own where it holds one, else one to the slice that Python wrote. */
export function linkOf(recipe: Json): string | null {
  const all = catalogue.peek();
  if (!all || !isObject(recipe)) return null;
  const page = recipe["page"];
  if (typeof page === "string") return page.startsWith("#") ? page : `#${page}`;
  const request = isObject(recipe["recipe"]) ? recipe["recipe"] : recipe;
  if (isAnimation(request)) return `#${hashTo("slice", view.with(askedBy(request, all)))}`;
  if (isSweep(request)) return ofSweep(request, all);
  if (!isSlice(request)) return null;
  return `#${hashTo("slice", view.with(askedBy({ analysis: "animation", slice: request, revisions: [] }, all)))}`;
}

/** The sheet that a sweep of slices is. */
function ofSweep(sweep: SweepRequest, all: Catalogue): string | null {
  if (!isSlice(sweep.request)) return null;
  const asked = askedBy({ analysis: "animation", slice: sweep.request, revisions: [] }, all);
  const chosen = { revisions: sweep.revisions, layers: sweep.write_layers };
  return `#${hashTo("sheet", view.with(asked), sheetView.with(chosen))}`;
}

/** Whether a recipe is that of a slice, as far as a link needs it: a file can hold anything. */
function isSlice(request: object): request is SliceRequest {
  const { analysis, model, prompts, write_layer: layer } = request as Readonly<Record<string, Json>>;
  const three = Array.isArray(prompts) && prompts.length === 3 && prompts.every(isText);
  return analysis === "slice" && isObject(model) && isText(model["name"]) && three && Number.isInteger(layer);
}

function isAnimation(request: object): request is AnimationRequest {
  const { analysis, slice, revisions } = request as Readonly<Record<string, Json>>;
  return analysis === "animation" && isObject(slice) && isSlice(slice) && isTexts(revisions);
}

function isSweep(request: object): request is SweepRequest {
  const {
    analysis,
    request: each,
    revisions,
    write_layers: layers,
  } = request as Readonly<Record<string, Json>>;
  return analysis === "sweep" && isObject(each) && isTexts(revisions) && Array.isArray(layers);
}

const isText = (value: Json | undefined): boolean => typeof value === "string" && value !== "";
const isTexts = (value: Json | undefined): boolean => Array.isArray(value) && value.every(isText);

/** Bytes of a dropped file that are read. */
const LARGEST = 2 ** 26;

export async function restoreFrom(file: File): Promise<void> {
  if (file.size > LARGEST) {
    notice.value = `${file.name} is larger than any picture that is saved here; nothing of it was read.`;
    return;
  }
  const found = linkOf(recipeOf(new Uint8Array(await file.arrayBuffer())));
  if (found) goTo(found);
  else notice.value = `${file.name} holds no recipe. Pictures saved here, or by stable-regions render, do.`;
}
