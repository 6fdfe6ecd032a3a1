/**
 * How two fields differ, point by point: the mean absolute difference of the three similarities, 0 where they look the
 * same and 1 where every channel goes from its brightest to black.
 *
 * Grids nest, so the points of the coarser grid are points of the finer one too: nothing is interpolated.
 */

import { similarity } from "./colour";
import { nearest } from "./names";
import { indexOf } from "./probe";
import { ANCHORS, type Slice, type Triple } from "./slice";
import { sameWindow, windowOf } from "./view";

export interface Difference {
  /** Columns (α) and rows (β) of the coarser grid. */
  readonly nx: number;
  readonly ny: number;
  /** [ny, nx], row 0 at the lowest β; 0…1. */
  readonly values: Float32Array;
  readonly mean: number;
  readonly most: number;
  /** Where it is largest. */
  readonly peak: { readonly alpha: number; readonly beta: number };
  /** Share of the points whose name is another token, 0…1. */
  readonly renamed: number;
}

/** A field and the distances at which its channels are black. */
export interface Scaled {
  readonly slice: Slice;
  readonly scale: Triple<number>;
}

/** The difference of two fields, or null where they do not show one window on nested grids. */
export function difference(one: Scaled, other: Scaled): Difference | null {
  const [fine, coarse] = one.slice.nx >= other.slice.nx ? [one, other] : [other, one];
  const { nx, ny, alpha, beta } = coarse.slice;
  const stride = (fine.slice.nx - 1) / (nx - 1);
  const nested = Number.isInteger(stride) && fine.slice.ny - 1 === stride * (ny - 1);
  if (!nested || !sameWindow(windowOf(fine.slice), windowOf(coarse.slice))) return null;
  const values = new Float32Array(nx * ny);
  let [sum, peak, renamed] = [0, 0, 0];
  for (let n = 0; n < values.length; n++) {
    const m = Math.floor(n / nx) * stride * fine.slice.nx + (n % nx) * stride;
    let apart = 0;
    for (const k of ANCHORS) apart += Math.abs(similarityAt(coarse, k, n) - similarityAt(fine, k, m));
    values[n] = apart / 3;
    sum += apart / 3;
    if ((values[n] as number) > (values[peak] as number)) peak = n;
    if (nameAt(coarse.slice, n) !== nameAt(fine.slice, m)) renamed++;
  }
  return {
    nx,
    ny,
    values,
    mean: sum / values.length,
    most: values[peak] ?? 0,
    peak: { alpha: alpha[peak % nx] ?? 0, beta: beta[Math.floor(peak / nx)] ?? 0 },
    renamed: renamed / values.length,
  };
}

/** The value at the point nearest to (α, β), or null outside the window. */
export function differenceAt(found: Difference, like: Slice, alpha: number, beta: number): number | null {
  const window = windowOf(like);
  const i = indexOf(alpha, window.alpha, found.nx);
  const j = indexOf(beta, window.beta, found.ny);
  const inside = i >= 0 && j >= 0 && i < found.nx && j < found.ny;
  return inside ? (found.values[j * found.nx + i] ?? null) : null;
}

function similarityAt({ slice, scale }: Scaled, k: 0 | 1 | 2, n: number): number {
  return similarity(slice.distance[k * slice.nx * slice.ny + n] as number, scale[k]);
}

/** The token that names a point; as text, since models may number their tokens differently. */
function nameAt(slice: Slice, n: number): string {
  const id = slice.topToken[nearest(slice, n) * slice.nx * slice.ny + n] as number;
  return slice.tokens.get(id) ?? `#${id}`;
}
