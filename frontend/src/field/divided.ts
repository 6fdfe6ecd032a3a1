/** What the server measured of the regions of a frame: the answer of the analysis `regions`. */

import type { ResultFile } from "../api/decode";
import { floats, ints, scalar } from "./arrays";
import type { Flips } from "./edges";
import type { Steps } from "./linkage";
import { type Slice, sliceOf } from "./slice";

export interface Border {
  /** Two regions that touch, by their numbers. */
  readonly between: readonly [number, number];
  /** In anchor units. */
  readonly length: number;
  /** 1 where outputs change evenly from centre to centre; NaN where the regions' outputs are alike. */
  readonly sharpness: number;
}

export interface Patterns {
  /** Different sign patterns by region. */
  readonly of: Int32Array;
  /** In the whole picture. */
  readonly total: number;
  /** Median over counted regions. */
  readonly median: number;
  readonly flips: Flips;
  /** Points that were looked at: there are no more patterns than these. */
  readonly points: number;
}

export interface Divided {
  /** The same result as a slice. */
  readonly slice: Slice;
  /** [ny, nx]: the region of each point, numbered by area. */
  readonly label: Int32Array;
  /** [ny, nx]: the token that names each point. */
  readonly names: Int32Array;
  readonly steps: Steps;
  /** By region: share of the window, commonest name, mean distance of its outputs from their mean. */
  readonly area: Float32Array;
  readonly token: Int32Array;
  readonly spread: Float32Array;
  readonly borders: readonly Border[];
  /** Regions that are no specks. */
  readonly count: number;
  /** Spread within regions, sharpness between them, spread of all outputs together. */
  readonly within: number;
  readonly between: number;
  readonly overall: number;
  readonly patterns: Patterns | null;
  /** [ny, nx]: ‖d out/dP‖. */
  readonly gradient: Float32Array | null;
}

/** The measured regions that a file holds; throws `DecodeError` where it holds another thing. */
export function dividedOf(file: ResultFile): Divided {
  const slice = sliceOf(file);
  const { nx, ny } = slice;
  const area = floats(file, "area");
  const pairs = ints(file, "border");
  const [length, sharpness] = [floats(file, "border_length"), floats(file, "border_sharpness")];
  return {
    slice,
    label: ints(file, "label", nx * ny),
    names: ints(file, "name", nx * ny),
    steps: {
      nx,
      ny,
      right: floats(file, "step_right", (nx - 1) * ny),
      up: floats(file, "step_up", nx * (ny - 1)),
    },
    area,
    token: ints(file, "token", area.length),
    spread: floats(file, "spread", area.length),
    borders: Array.from(length, (long, n) => ({
      between: [pairs[2 * n] as number, pairs[2 * n + 1] as number],
      length: long,
      sharpness: sharpness[n] as number,
    })),
    count: scalar(file, "count"),
    within: scalar(file, "within"),
    between: scalar(file, "between"),
    overall: scalar(file, "overall"),
    patterns: file.arrays.has("patterns") ? patternsOf(file, nx, ny, area.length) : null,
    gradient: file.arrays.has("gradient") ? floats(file, "gradient", nx * ny) : null,
  };
}

function patternsOf(file: ResultFile, nx: number, ny: number, regions: number): Patterns {
  return {
    of: ints(file, "patterns", regions),
    total: scalar(file, "patterns_total"),
    median: scalar(file, "patterns_per_region"),
    flips: {
      nx,
      ny,
      right: ints(file, "flip_right", (nx - 1) * ny),
      up: ints(file, "flip_up", nx * (ny - 1)),
    },
    points: nx * ny,
  };
}

/** Regions against polytopes, as a sentence with the numbers of this picture. */
export function polytopeSentence({ count, patterns }: Divided): string {
  if (!patterns) return "";
  const { total, median, points } = patterns;
  const regions = `${count} ${count === 1 ? "region" : "regions"}`;
  const signs = `${total.toLocaleString("en-US")} sign ${total === 1 ? "pattern" : "patterns"}`;
  if (total <= count) return `${regions}, ${signs} at ${points.toLocaleString("en-US")} points.`;
  const least = total === points ? ", one at every point, so a finer grid finds more" : "";
  const typical = count > 1 ? ` A typical region holds ${Math.round(median).toLocaleString("en-US")}.` : "";
  return `${regions}, ${signs}${least}: regions are larger than polytopes.${typical}`;
}
