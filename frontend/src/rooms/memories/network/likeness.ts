/** How like two images are (`maths/attractor/metrics.py`). */

import { PIXELS } from "./tokens";

/** Pearson's correlation over pixels; 0 where one is flat. */
export function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [p, q] = [average(one), average(other)];
  return cosine(
    (n) => (one[n] as number) - p,
    (n) => (other[n] as number) - q,
  );
}

/** Cosine once the mean training image is taken away: what is kept of this image, not of all. */
export function own(found: ArrayLike<number>, true_: ArrayLike<number>, mean: ArrayLike<number>): number {
  return cosine(
    (n) => (found[n] as number) - (mean[n] as number),
    (n) => (true_[n] as number) - (mean[n] as number),
  );
}

function average(image: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < PIXELS; n++) sum += image[n] as number;
  return sum / PIXELS;
}

function cosine(one: (n: number) => number, other: (n: number) => number): number {
  let [product, p, q] = [0, 0, 0];
  for (let n = 0; n < PIXELS; n++) {
    product += one(n) * other(n);
    p += one(n) ** 2;
    q += other(n) ** 2;
  }
  return product / Math.max(Math.sqrt(p * q), 1e-12);
}
