/**
 * Where iteration leads from every point of a plane: after t steps, which image the state looks like most. That is a label
 * at a time, not a basin; points that have not come to rest at the last step are counted, and said to be unresolved.
 */

import { begin, iterated, type Memory, seen, settled } from "./memory";
import { type Plane, planeThrough, pointAt } from "./plane";
import { PIXELS, SIZE } from "./tokens";

/** After how many steps labels are kept. */
export const MOMENTS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 100] as const;

/** Most images that a state is compared with, the mean image besides. */
export const TEMPLATES = 20;

/** Window of the plane, in both directions. */
export const WINDOW = [-0.3, 1.3] as const;

/** A state that moves by less than this share of its length has come to rest. */
const REST = 1e-5;

export interface LabelMap {
  readonly side: number;
  /** [moment, row, column], rows from the bottom; the place of a template, the last being the mean image. */
  readonly labels: readonly Uint8Array[];
  /** Steps until rest; 255 where there was none. */
  readonly steps: Uint8Array;
}

export function anchorsOf(memory: Memory, images: readonly ArrayLike<number>[]): Plane | null {
  const [a, b, c] = images.slice(0, 3).map((image) => settled(memory, begin(memory, image)));
  return a && b && c ? planeThrough(a, b, c) : null;
}

/** Labels of a square grid over the plane, row after row; `tell` is called after each. */
export function labelMap(
  memory: Memory,
  plane: Plane,
  templates: readonly ArrayLike<number>[],
  side: number,
  tell: (share: number) => void = () => undefined,
): LabelMap {
  const labels = MOMENTS.map(() => new Uint8Array(side * side));
  const steps = new Uint8Array(side * side).fill(255);
  const [low, high] = WINDOW;
  const at = (n: number): number => low + ((high - low) * n) / (side - 1);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const place = row * side + column;
      let state = settled(memory, pointAt(plane, at(column), at(row)));
      let t = 0;
      let resting = false;
      MOMENTS.forEach((moment, frame) => {
        for (; t < moment && !resting; t++) {
          const before = state;
          state = iterated(memory, state);
          resting = moved(before, state) < REST;
          if (resting) steps[place] = Math.min(254, t + 1);
        }
        (labels[frame] as Uint8Array)[place] = nearest(seen(memory, state), templates);
      });
    }
    tell((row + 1) / side);
  }
  return { side, labels, steps };
}

function moved(before: Float64Array, after: Float64Array): number {
  let [away, length] = [0, 0];
  for (let n = 0; n < SIZE; n++) {
    away += ((after[n] as number) - (before[n] as number)) ** 2;
    length += (after[n] as number) ** 2;
  }
  return Math.sqrt(away / length);
}

/** The template with the least squared distance. */
export function nearest(image: ArrayLike<number>, templates: readonly ArrayLike<number>[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  templates.forEach((template, n) => {
    let sum = 0;
    for (let k = 0; k < PIXELS; k++) sum += ((image[k] as number) - (template[k] as number)) ** 2;
    if (sum < least) [best, least] = [n, sum];
  });
  return best;
}

/** The kept moment that is shown at a time: the last one that is not later. */
export function frameAt(t: number): number {
  return MOMENTS.findLastIndex((moment) => moment <= t);
}

/** Shares of the map that carry each label, and how many different ones there are. */
export function sharesOf(labels: Uint8Array, count: number): readonly number[] {
  const found = new Array<number>(count).fill(0);
  for (const label of labels) (found[label] as number) += 1 / labels.length;
  return found;
}
