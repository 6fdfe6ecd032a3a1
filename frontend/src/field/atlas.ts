/** What is drawn over a slice's pixels: names, regions and borders; worked out once for each slice. */

import { type Border, borders } from "./contours";
import { nameGrid } from "./names";
import { type Regions, regions } from "./regions";
import type { Slice } from "./slice";

export interface Atlas {
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
  const names = nameGrid(slice);
  const made: Atlas = {
    names,
    regions: regions(names, slice.nx, slice.ny),
    borders: borders(names, slice.nx, slice.ny),
  };
  known.set(slice, made);
  return made;
}
