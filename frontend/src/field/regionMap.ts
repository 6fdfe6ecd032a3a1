/** What is drawn over a slice's pixels: names, regions and borders; worked out once for each slice. */
import { type Border, borders } from "./contours";
import { nameGrid } from "./names";
import { type Regions, regions } from "./regions";
import type { Slice } from "./slice";

export interface Atlas {
  /** Columns and rows of the grid. */
  readonly nx: number;
  readonly ny: number;
  /** [ny, nx] token ids. */
  readonly names: Int32Array;
  readonly regions: Regions;
  readonly borders: readonly Border[];
}

const known = new WeakMap<Slice, Atlas>();

/** The slice's atlas. */
export function atlas(slice: Slice): Atlas {
  const found = known.get(slice);
  if (found) return found;
  const { nx, ny } = slice;
  const names = nameGrid(slice);
  const made: Atlas = { nx, ny, names, regions: regions(names, nx, ny), borders: borders(names, nx, ny) };
  known.set(slice, made);
  return made;
}

/** A country of one's own: what regions are drawn, and the slice in whose place and words. */
export interface Land {
  readonly slice: Slice;
  readonly atlas: Atlas;
}

/** Regions smaller than this share of the window are not counted. */
const SMALLEST = 0.002;

/** Number of regions of a slice; worked out once, together with what is drawn of it. */
export function regionsOf(slice: Slice): number {
  return atlas(slice).regions.list.filter((region) => region.fraction >= SMALLEST).length;
}
