/** The plane through three states, P(α, β) = A + α (B − A) + β (C − X), X the foot of C on the line AB (`maths/plane.py`). */

import { dot, SIZE } from "./tokens";

export interface Plane {
  readonly origin: Float64Array;
  readonly across: Float64Array;
  readonly up: Float64Array;
  /** (α, β) of A, B and C. */
  readonly anchors: readonly (readonly [number, number])[];
}

/** Null where two states coincide or all lie on a line. */
export function planeThrough(a: Float64Array, b: Float64Array, c: Float64Array): Plane | null {
  const across = b.map((number, n) => number - (a[n] as number));
  const aside = c.map((number, n) => number - (a[n] as number));
  const square = dot(across, 0, across, 0, SIZE);
  const t = dot(aside, 0, across, 0, SIZE) / square;
  const up = aside.map((number, n) => number - t * (across[n] as number));
  const height = dot(up, 0, up, 0, SIZE);
  if (!(square > 1e-12) || !(height > 1e-12)) return null;
  return {
    origin: a,
    across,
    up,
    anchors: [
      [0, 0],
      [1, 0],
      [t, 1],
    ],
  };
}

export function pointAt(plane: Plane, alpha: number, beta: number): Float64Array {
  return plane.origin.map(
    (number, n) => number + alpha * (plane.across[n] as number) + beta * (plane.up[n] as number),
  );
}

export interface Place {
  readonly alpha: number;
  readonly beta: number;
  /** Distance from the plane, as a share of ‖B − A‖. */
  readonly off: number;
}

/** Where a state's projection lies, and how far from the plane the state is. */
export function placeOf(plane: Plane, state: Float64Array): Place {
  const away = state.map((number, n) => number - (plane.origin[n] as number));
  const wide = dot(plane.across, 0, plane.across, 0, SIZE);
  const alpha = dot(away, 0, plane.across, 0, SIZE) / wide;
  const beta = dot(away, 0, plane.up, 0, SIZE) / dot(plane.up, 0, plane.up, 0, SIZE);
  const rest = away.map(
    (number, n) => number - alpha * (plane.across[n] as number) - beta * (plane.up[n] as number),
  );
  return { alpha, beta, off: Math.sqrt(dot(rest, 0, rest, 0, SIZE) / wide) };
}
