/** The view back from a picture that was saved here or written by Python. */
import { isObject, type Json } from "../../api/decode";
import type { AnimationRequest, Catalogue, SliceRequest, SweepRequest } from "../../api/types";
import { recipeOf } from "../../export/png";
import { viewOf } from "../../shell/link";
import { catalogue, change, complaints } from "../../shell/store";
import { askedBy, type View } from "../../subject/view";
import { notice } from "./Trouble";

/** The view of a recipe: the page's own link where it holds one, else the slice that Python wrote. */
export function fromRecipe(recipe: Json): Partial<View> | null {
  const all = catalogue.peek();
  if (!all || !isObject(recipe)) return null;
  const page = recipe["page"];
  if (typeof page === "string") {
    const read = viewOf(page, all);
    complaints.value = read.complaints;
    return read.view;
  }
  const request = isObject(recipe["recipe"]) ? recipe["recipe"] : recipe;
  if (request["analysis"] === "animation") return askedBy(request as unknown as AnimationRequest, all);
  if (request["analysis"] === "sweep") return fromSweep(request as unknown as SweepRequest, all);
  if (request["analysis"] !== "slice") return null;
  return askedBy({ analysis: "animation", slice: request as unknown as SliceRequest, revisions: [] }, all);
}

/** The sheet that a sweep of slices is. */
function fromSweep(sweep: SweepRequest, all: Catalogue): Partial<View> | null {
  if (sweep.request.analysis !== "slice") return null;
  return {
    ...askedBy({ analysis: "animation", slice: sweep.request, revisions: [] }, all),
    room: "sheet",
    sheetRevisions: sweep.revisions,
    sheetLayers: sweep.write_layers,
  };
}

/** Bytes of a dropped file that are read. */
const LARGEST = 2 ** 26;

export async function take(file: File): Promise<void> {
  if (file.size > LARGEST) {
    notice.value = `${file.name} is larger than any picture that is saved here; nothing of it was read.`;
    return;
  }
  let found: Partial<View> | null;
  try {
    found = fromRecipe(recipeOf(new Uint8Array(await file.arrayBuffer())));
  } catch {
    // A recipe is what somebody wrote: it may lack a model, or anything else.
    notice.value = `${file.name} holds a recipe that this page cannot read.`;
    return;
  }
  if (found) change(found);
  else notice.value = `${file.name} holds no recipe. Pictures saved here, or by stable-regions render, do.`;
}
