/** The bundled digits, as the server has them (`suites/images`): compressed bytes, labels first, training images first. */

import { gunzipSync } from "fflate";
import { order } from "./chance";
import { PIXELS } from "./tokens";

export const TRAINING = 1437;

export interface Digits {
  /** Grey values in [0, 1], 64 an image; training images first. */
  readonly images: readonly Float64Array[];
  readonly labels: Uint8Array;
}

export function digitsOf(packed: Uint8Array): Digits {
  const raw = gunzipSync(packed);
  const count = raw.length / (PIXELS + 1);
  const images = Array.from({ length: count }, (_, n) =>
    Float64Array.from(raw.subarray(count + n * PIXELS, count + (n + 1) * PIXELS), (grey) => grey / 16),
  );
  return { images, labels: raw.slice(0, count) };
}

/** The places of so many training digits: one of each kind in turn, in an order that the seed draws. */
export function chosen(labels: ArrayLike<number>, seed: number, count: number): readonly number[] {
  const met = new Map<number, number>();
  return order(seed, 3, TRAINING)
    .map((place) => {
      const label = labels[place] as number;
      met.set(label, (met.get(label) ?? 0) + 1);
      return { place, turn: met.get(label) as number };
    })
    .sort((one, other) => one.turn - other.turn)
    .slice(0, count)
    .map(({ place }) => place);
}

/** The mean of images, pixel by pixel. */
export function meanOf(images: readonly ArrayLike<number>[]): Float64Array {
  const mean = new Float64Array(PIXELS);
  for (const image of images)
    for (let n = 0; n < PIXELS; n++) (mean[n] as number) += (image[n] as number) / images.length;
  return mean;
}
