/** What is known at a point of a slice: the nearest cell's distances, similarities and top tokens. */

import { similarity } from "./colour";
import { nearest } from "./names";
import { type Anchor, planeLargest, type Slice, type Triple, triple } from "./slice";
import { type Range, span, windowOf } from "./view";

export interface Probe {
  readonly i: number;
  readonly j: number;
  /** The cell's own place, not the pointer's. */
  readonly alpha: number;
  readonly beta: number;
  readonly distance: Triple<number>;
  readonly similarity: Triple<number>;
  /** The anchor whose clean output is nearest: its context names the cell. */
  readonly nearest: Anchor;
  /** Likeliest next token in each anchor's context; `text` as the tokenizer has it, leading space kept. */
  readonly tokens: Triple<{ readonly id: number; readonly text: string }>;
  /** Whether the model was run at this cell; else it was interpolated. */
  readonly computed: boolean;
}

/** The nearest cell to (α, β), or null outside the slice's window. `scale`: see `scales`; by default that of the frame's plane. */
export function at(
  slice: Slice,
  alpha: number,
  beta: number,
  scale: Triple<number> = planeLargest(slice),
): Probe | null {
  const window = windowOf(slice);
  const i = indexOf(alpha, window.alpha, slice.nx);
  const j = indexOf(beta, window.beta, slice.ny);
  return i >= 0 && j >= 0 && i < slice.nx && j < slice.ny ? cell(slice, i, j, scale) : null;
}

/** What is known at column `i`, row `j`; for a cursor that is moved by keys. */
export function cell(slice: Slice, i: number, j: number, scale: Triple<number> = planeLargest(slice)): Probe {
  const cells = slice.nx * slice.ny;
  const n = j * slice.nx + i;
  const window = windowOf(slice);
  const distance = triple((k) => slice.distance[k * cells + n] ?? Number.NaN);
  return {
    i,
    j,
    alpha: placeAt(window.alpha, i, slice.nx),
    beta: placeAt(window.beta, j, slice.ny),
    distance,
    similarity: triple((k) => similarity(distance[k], scale[k])),
    nearest: nearest(slice, n),
    tokens: triple((k) => {
      const id = slice.topToken[k * cells + n] ?? -1;
      return { id, text: slice.tokens.get(id) ?? `#${id}` };
    }),
    computed: slice.computed[n] === 1,
  };
}

function placeAt([low, high]: Range, i: number, count: number): number {
  return low + ((high - low) * i) / (count - 1);
}

/** Index of the nearest of `count` evenly spaced points (never −0); outside 0 … count − 1 where there is none. */
export function indexOf(value: number, range: Range, count: number): number {
  return Math.floor(((value - range[0]) / span(range)) * (count - 1) + 0.5);
}
