/**
 * From an 8 × 8 image to 16 tokens of 8 numbers and back, as the server does it (`maths/attractor/tokens.py`): a grey value
 * becomes the unit vector along (v, 1 − v), the four of a 2 × 2 patch stand one after another, and F takes them to the token.
 */

import { normal } from "./chance";

export const SIDE = 8;
export const PIXELS = SIDE * SIDE;
/** Tokens of an image. */
export const SITES = 16;
/** Numbers of a token. */
export const WIDTH = 8;
/** Numbers of a state. */
export const SIZE = SITES * WIDTH;

/** F, row by row. */
export type Embedding = Float64Array;

/** F of a seed: an orthogonal matrix over √8, by Gram–Schmidt, done twice, on the rows of a Gaussian one. */
export function embedding(seed: number): Embedding {
  const made = normal(seed, 0, WIDTH * WIDTH);
  for (let row = 0; row < WIDTH; row++) {
    const here = made.subarray(row * WIDTH, (row + 1) * WIDTH);
    for (let pass = 0; pass < 2; pass++) {
      const shares = Array.from({ length: row }, (_, n) => dot(made, n * WIDTH, here, 0, WIDTH));
      shares.forEach((share, n) => {
        for (let k = 0; k < WIDTH; k++) (here[k] as number) -= share * (made[n * WIDTH + k] as number);
      });
    }
    const length = Math.sqrt(dot(here, 0, here, 0, WIDTH));
    for (let k = 0; k < WIDTH; k++) (here[k] as number) /= length;
  }
  return made.map((number) => number / Math.sqrt(WIDTH));
}

/** The pixel that a number of a patch belongs to. */
export function pixelOf(site: number, inside: number): number {
  const row = 2 * (site >> 2) + (inside >> 1);
  return row * SIDE + 2 * (site & 3) + (inside & 1);
}

/** The token that a pixel belongs to. */
export function siteOf(pixel: number): number {
  return 4 * (pixel >> 4) + ((pixel & 7) >> 1);
}

/** Tokens of an image of grey values in [0, 1]. */
export function encode(image: ArrayLike<number>, f: Embedding): Float64Array {
  const state = new Float64Array(SIZE);
  const patch = new Float64Array(WIDTH);
  for (let site = 0; site < SITES; site++) {
    for (let inside = 0; inside < 4; inside++) {
      const grey = image[pixelOf(site, inside)] as number;
      const length = Math.hypot(grey, 1 - grey);
      patch[2 * inside] = grey / length;
      patch[2 * inside + 1] = (1 - grey) / length;
    }
    for (let k = 0; k < WIDTH; k++) state[site * WIDTH + k] = dot(f, k * WIDTH, patch, 0, WIDTH);
  }
  return state;
}

/** Grey values of tokens; 0 where both numbers of a pixel are. */
export function decode(state: ArrayLike<number>, f: Embedding): Float64Array {
  const image = new Float64Array(PIXELS);
  for (let site = 0; site < SITES; site++) {
    for (let inside = 0; inside < 4; inside++) {
      const light = read(state, f, site, 2 * inside);
      const dark = read(state, f, site, 2 * inside + 1);
      image[pixelOf(site, inside)] = light + dark > 0 ? light / (light + dark) : 0;
    }
  }
  return image;
}

function read(state: ArrayLike<number>, f: Embedding, site: number, column: number): number {
  let sum = 0;
  for (let k = 0; k < WIDTH; k++)
    sum += (state[site * WIDTH + k] as number) * (f[k * WIDTH + column] as number);
  return Math.min(1, Math.max(0, sum));
}

/** Σ a[from + k] b[at + k]. */
export function dot(
  a: ArrayLike<number>,
  from: number,
  b: ArrayLike<number>,
  at: number,
  count: number,
): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (a[from + k] as number) * (b[at + k] as number);
  return sum;
}
