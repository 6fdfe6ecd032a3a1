/**
 * Regions: connected cells (4 neighbours) with one name, like countries on a map.
 *
 * Each has a label cell deep inside it (the pole of inaccessibility on the grid): the cell that is farthest from
 * everything that is not the region, the world's end included.
 */

import { nameGrid } from "./names";
import type { Slice } from "./slice";

export interface Region {
  /** The token id that names it. */
  readonly token: number;
  readonly cells: number;
  /** Share of the window, 0…1. */
  readonly fraction: number;
  /** Column and row of the deepest cell. */
  readonly label: { readonly i: number; readonly j: number };
  /** Distance in cells from the label to the nearest cell outside. */
  readonly radius: number;
}

export interface Regions {
  /** Largest first. */
  readonly list: readonly Region[];
  /** [ny, nx]: index into `list` of the region each cell belongs to. */
  readonly of: Int32Array;
}

/** The connected components of a grid of ids [ny, nx]. */
export function regions(ids: Int32Array, nx: number, ny: number): Regions {
  const { part, sizes, first } = components(ids, nx, ny);
  const order = sizes.map((_, index) => index).sort((x, y) => (sizes[y] ?? 0) - (sizes[x] ?? 0));
  const rank = new Int32Array(order.length);
  order.forEach((index, place) => {
    rank[index] = place;
  });
  const of = part.map((index) => rank[index] as number);
  const depth = depths(of, nx, ny);
  const deepest = new Int32Array(order.length).fill(-1);
  for (let n = 0; n < of.length; n++) {
    const region = of[n] as number;
    const best = deepest[region] as number;
    if (best < 0 || (depth[n] as number) > (depth[best] as number)) deepest[region] = n;
  }
  const list = order.map((index, place): Region => {
    const cells = sizes[index] ?? 0;
    const at = deepest[place] as number;
    return {
      token: ids[first[index] as number] as number,
      cells,
      fraction: cells / (nx * ny),
      label: { i: at % nx, j: Math.floor(at / nx) },
      radius: depth[at] as number,
    };
  });
  return { list, of };
}

/** How many regions a slice has, those below `minFraction` of the window left out. */
export function regionCount(slice: Slice, minFraction = 0.002): number {
  return regions(nameGrid(slice), slice.nx, slice.ny).list.filter((region) => region.fraction >= minFraction)
    .length;
}

interface Components {
  /** [ny, nx] index of the component. */
  readonly part: Int32Array;
  readonly sizes: number[];
  /** A cell of each component. */
  readonly first: number[];
}

function components(ids: Int32Array, nx: number, ny: number): Components {
  const part = new Int32Array(nx * ny).fill(-1);
  const queue = new Int32Array(nx * ny);
  const sizes: number[] = [];
  const first: number[] = [];
  for (let start = 0; start < part.length; start++) {
    if (part[start] !== -1) continue;
    const index = sizes.length;
    const id = ids[start];
    let end = 0;
    const visit = (n: number) => {
      if (part[n] !== -1 || ids[n] !== id) return;
      part[n] = index;
      queue[end++] = n;
    };
    visit(start);
    for (let head = 0; head < end; head++) {
      const n = queue[head] as number;
      const i = n % nx;
      if (i > 0) visit(n - 1);
      if (i < nx - 1) visit(n + 1);
      if (n >= nx) visit(n - nx);
      if (n < part.length - nx) visit(n + nx);
    }
    sizes.push(end);
    first.push(start);
  }
  return { part, sizes, first };
}

/**
 * Distance in cells from each cell to the nearest cell of another region or outside the grid: two sweeps of a chamfer
 * mask (1, √2), within 8 % of Euclid's.
 */
function depths(of: Int32Array, nx: number, ny: number): Float32Array {
  const depth = new Float32Array(nx * ny).fill(nx + ny);
  for (const way of [1, -1]) {
    const [first, behind] = way === 1 ? [0, -nx] : [ny - 1, nx];
    for (let row = 0; row < ny; row++) {
      const j = first + way * row;
      for (let column = 0; column < nx; column++) {
        const i = way === 1 ? column : nx - 1 - column;
        const n = j * nx + i;
        const here = of[n];
        let known = i === 0 || j === 0 || i === nx - 1 || j === ny - 1 ? 1 : (depth[n] as number);
        if (column > 0) {
          known = Math.min(known, 1 + (of[n - way] === here ? (depth[n - way] as number) : 0));
          if (row > 0) {
            const m = n + behind - way;
            known = Math.min(known, Math.SQRT2 + (of[m] === here ? (depth[m] as number) : 0));
          }
        }
        if (row > 0) {
          known = Math.min(known, 1 + (of[n + behind] === here ? (depth[n + behind] as number) : 0));
          if (column < nx - 1) {
            const m = n + behind + way;
            known = Math.min(known, Math.SQRT2 + (of[m] === here ? (depth[m] as number) : 0));
          }
        }
        depth[n] = known;
      }
    }
  }
  return depth;
}
