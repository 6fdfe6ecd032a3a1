/**
 * What is on screen: the slice of the frame that the view names, or the best stand-in until it arrives.
 *
 * A stand-in is never silent: `stale` says that the picture answers an older question or another checkpoint.
 */
import { computed, signal } from "@preact/signals";
import { isObject } from "../../../api/decode";
import { isRepository } from "../../../asking/repository";
import { type ColourOptions, scales } from "../../../field/colour";
import type { Slice } from "../../../field/slice";
import { aspect, type Frame as Placed, frame as place, type Size, span, windowOf } from "../../../field/view";
import { isOpen } from "../../../shell/address";
import { look } from "../../../shell/look";
import { question } from "../../../subject/question";
import { view } from "../../../subject/state";
import { sliceRequestOf, type View } from "../../../subject/view";
import { answers, frames, old, sequenceMax } from "./frames";
import { quick } from "./tilt";

export interface Shown {
  readonly slice: Slice;
  /** Another question's answer, or another checkpoint's. */
  readonly stale: boolean;
  /** Stale, yet of the same plane at the same checkpoint: only the window or the grid differ. */
  readonly stretched: boolean;
}

let last: Slice | null = null;

const planes = new WeakMap<Slice, string>();

/** What a slice shows apart from window and grid: model, checkpoint, prompts, layer, distance. */
function planeOf(slice: Slice): string {
  let plane = planes.get(slice);
  if (plane === undefined) {
    const { window: _, resolution: __, exact: ___, ...rest } = slice.recipe;
    plane = JSON.stringify(rest);
    planes.set(slice, plane);
  }
  return plane;
}

/** Whether `before` shows the same plane as `fresh`, over all of its window, with points closer together. */
function finer(before: Slice | undefined, fresh: Slice): before is Slice {
  if (!before || planeOf(before) !== planeOf(fresh)) return false;
  const [had, has] = [windowOf(before), windowOf(fresh)];
  const covers =
    had.alpha[0] <= has.alpha[0] &&
    had.alpha[1] >= has.alpha[1] &&
    had.beta[0] <= has.beta[0] &&
    had.beta[1] >= has.beta[1];
  return covers && span(had.alpha) / (before.nx - 1) < span(has.alpha) / (fresh.nx - 1);
}

/** Whether a slice may stand in until the asked one is there: not for a model of the hub, whose download may take long. */
export function standsIn(slice: Slice, asked: View): boolean {
  const model = slice.recipe["model"];
  return !isRepository(asked.model) || (isObject(model) && model["name"] === asked.model);
}

export const shown = computed<Shown | null>(() => {
  if (!isOpen.value) return null;
  const { revision } = view.value;
  const current = answers.value === question.value;
  const found = frames.value.get(revision)?.slice ?? undefined;
  const before = turned() ?? (current ? undefined : found) ?? old.value.get(revision);
  if (current && found) {
    if (finer(before, found)) return { slice: before, stale: true, stretched: true };
    last = found;
    return { slice: found, stale: false, stretched: false };
  }
  const stand = before ?? last;
  if (!stand || !standsIn(stand, view.value)) return null;
  return { slice: stand, stale: true, stretched: planeOf(stand) === asPlane(view.value, stand) };
});

/** The coarse picture of the plane as it is turned now, if there is one. */
function turned(): Slice | undefined {
  const slice = view.value.tilt ? quick.value : null;
  return slice && planeOf(slice) === asPlane(view.value, slice) ? slice : undefined;
}

/** The plane that the view asks for, in the words of a slice's recipe. */
function asPlane(asked: View, like: Slice): string {
  const { window: _, resolution: __, exact: ___, ...rest } = sliceRequestOf(asked);
  const bos = rest.prepend_bos ?? like.recipe["prepend_bos"];
  const own = { ...rest, prepend_bos: bos } as Readonly<Record<string, unknown>>;
  // A recipe names its tilt only where there is one.
  const names = new Set(Object.keys(JSON.parse(planeOf(like))));
  if (own["tilt"]) names.add("tilt");
  return JSON.stringify(Object.fromEntries([...names].map((name) => [name, own[name]])));
}

/** How distances become colours now. */
export const colour = computed<ColourOptions>(() => ({
  palette: look.value.palette,
  normalisation: view.value.normalisation,
  sequenceMax: sequenceMax.value,
}));

/** The distance at which a channel is black, in the picture on screen. */
export const scale = computed(() => {
  const slice = shown.value?.slice;
  return slice ? scales(colour.value.normalisation, slice, colour.value.sequenceMax) : undefined;
});

/** A moment between two checkpoints, while a cross-fade runs: an interpolation, and labelled as one. */
export interface Between {
  readonly from: Slice;
  readonly to: Slice;
  readonly names: readonly [string, string];
  readonly mix: number;
}
export const between = signal<Between | null>(null);

/** Room for the axes around the picture, CSS pixels; it grows with the type. */
export const margin = signal({ left: 48, right: 12, top: 4, bottom: 40 });

/** Size of the picture's box in CSS pixels, kept by the field. */
export const box = signal<Size>({ width: 0, height: 0 });

let lastPlaced: Placed | null = null;

/** Where the window lies in the picture's box; the same value as long as nothing of it changes. */
export const placed = computed<Placed | null>(() => {
  if (!isOpen.value || box.value.width === 0) return null;
  const slice = view.value.trueScale ? shown.value?.slice : undefined;
  const now = place(view.value.window, box.value, slice ? aspect(slice) : null);
  if (JSON.stringify(now) !== JSON.stringify(lastPlaced)) lastPlaced = now;
  return lastPlaced;
});
