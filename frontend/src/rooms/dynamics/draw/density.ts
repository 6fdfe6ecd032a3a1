/**
 * The diagram's picture: how often each value is visited, as brightness, over β; the colour says how the orbit stretches.
 *
 * Every pixel column shows the measured value of β that is nearest, so a coarse diagram is whole from the start.
 */

import type { Column } from "../work/messages";
import type { Range } from "./axes";
import type { Rgb } from "./ink";

export interface Layer {
  /** In the order of β. */
  readonly columns: readonly Column[];
  readonly colour: (column: Column) => Rgb;
}

export interface Density {
  readonly width: number;
  readonly height: number;
  readonly across: Range;
  readonly up: Range;
  readonly feature: number;
  readonly features: number;
  readonly ground: Rgb;
  /** Whether a step is drawn. */
  readonly keeps: (column: Column, step: number) => boolean;
}

/** Smallest and largest drawn value. */
export function reach(
  columns: readonly Column[],
  how: Pick<Density, "feature" | "features" | "keeps">,
): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const column of columns)
    for (let t = 0, i = how.feature - 1; i < column.output.length; t++, i += how.features) {
      const value = column.output[i] as number;
      if ((value < low || value > high) && how.keeps(column, t)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  return low <= high ? [low, high] : [-1, 1];
}

/** Pixels of the layers, one upon the other, on the ground. */
export function density(layers: readonly Layer[], how: Density): ImageData {
  const { width, height } = how;
  const sums = new Float32Array(width * height * 3);
  for (const layer of layers) paint(layer, how, sums);
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const [r, g, b] = how.ground;
  for (let i = 0; i < pixels.length; i++) {
    const red = r + (sums[3 * i] as number);
    const green = g + (sums[3 * i + 1] as number);
    const blue = b + (sums[3 * i + 2] as number);
    pixels[i] = 0xff000000 | (level(blue) << 16) | (level(green) << 8) | level(red);
  }
  return image;
}

/** A count this large is as bright as can be. */
const BRIGHT = 24;

/** How bright a number of steps is in a column whose fullest place has `most`: 0 to 1, by the logarithm. */
export function brightness(most: number): (seen: number) => number {
  const scale = 1 / Math.log1p(Math.min(most, BRIGHT));
  return (seen) => (seen === 0 ? 0 : Math.min(1, 0.28 + 0.72 * Math.log1p(seen) * scale));
}

const level = (value: number): number => Math.min(255, Math.max(0, value));

function paint({ columns, colour }: Layer, how: Density, sums: Float32Array): void {
  const { width, height, across, up } = how;
  if (columns.length === 0) return;
  const counts = new Float32Array(height);
  const perPixel = (across[1] - across[0]) / width;
  const toRow = height / (up[1] - up[0]);
  let at = 0;
  let counted = -1;
  let most = 0;
  let tint: Rgb = how.ground;
  for (let x = 0; x < width; x++) {
    const beta = across[0] + (x + 0.5) * perPixel;
    while (at + 1 < columns.length && further(columns, at, beta)) at++;
    const column = columns[at] as Column;
    if (counted !== at) {
      counted = at;
      counts.fill(0);
      most = count(column, how, counts, up[1], toRow);
      tint = colour(column);
    }
    if (most === 0) continue;
    const bright = brightness(most);
    for (let y = 0; y < height; y++) {
      const share = bright(counts[y] as number);
      if (share === 0) continue;
      const i = 3 * (y * width + x);
      for (let c = 0; c < 3; c++)
        sums[i + c] = (sums[i + c] as number) + share * ((tint[c] as number) - (how.ground[c] as number));
    }
  }
}

/** Whether the next column is nearer. */
const further = (columns: readonly Column[], at: number, beta: number): boolean =>
  Math.abs((columns[at + 1] as Column).beta - beta) <= Math.abs((columns[at] as Column).beta - beta);

/** Fills the counts of one column, by row; the largest of them. */
function count(column: Column, how: Density, counts: Float32Array, top: number, toRow: number): number {
  let most = 0;
  for (let t = 0, i = how.feature - 1; i < column.output.length; t++, i += how.features) {
    if (!how.keeps(column, t)) continue;
    const row = Math.floor((top - (column.output[i] as number)) * toRow);
    if (row < 0 || row >= how.height) continue;
    const seen = (counts[row] as number) + 1;
    counts[row] = seen;
    if (seen > most) most = seen;
  }
  return most;
}
