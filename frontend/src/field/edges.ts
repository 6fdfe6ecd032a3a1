/**
 * The layer of polytope edges: between two neighbouring points a line, the stronger the more units change their sign.
 *
 * Inside a polytope no unit changes its sign, and the blocks' MLPs are linear in what they read. The grid is finer than
 * the points', so that lines are thin: four pixels from point to point, and a line is the third of them.
 */

import { put, ramp, rampColours } from "./inkRamp";
import type { Layer } from "./overlay";
import type { Window } from "./view";

const FINE = 4;

export interface Flips {
  readonly nx: number;
  readonly ny: number;
  /** [ny, nx − 1]: units whose sign differs from the right neighbour's. */
  readonly right: Int32Array;
  /** [ny − 1, nx]: from that of the point above. */
  readonly up: Int32Array;
}

/** Strength of a count on a scale whose end is `most`: the square root, so that single flips are seen too. */
export function strength(count: number, most: number): number {
  return count > 0 && most > 0 ? 0.18 + 0.82 * Math.sqrt(Math.min(1, count / most)) : 0;
}

/** The first MLPs above a layer: “the MLP of block 3”, “the MLPs of blocks 3 to 5”. */
export function mlpsOf(layer: number, count: number): string {
  return count === 1
    ? `the MLP of block ${layer + 1}`
    : `the MLPs of blocks ${layer + 1} to ${layer + count}`;
}

/** The layer of flips; `of` says whose. */
export function edgesLayer(flips: Flips, window: Window, of: string, dark: boolean): Layer {
  const { nx, ny, right, up } = flips;
  const [width, height] = [FINE * (nx - 1) + 1, FINE * (ny - 1) + 1];
  const pixels = new Uint8ClampedArray(4 * width * height);
  const mist = ramp(0, dark);
  for (let n = 0; n < width * height; n++) put(pixels, n, mist);
  let most = 0;
  for (const list of [right, up]) for (const count of list) most = Math.max(most, count);
  const draw = (x: number, y: number, count: number): void => {
    if (count > 0 && x >= 0 && y >= 0 && x < width && y < height)
      put(pixels, (height - 1 - y) * width + x, ramp(strength(count, most), dark));
  };
  const half = FINE / 2;
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const [x, y] = [FINE * i, FINE * j];
      const [across, upward] = [right[j * (nx - 1) + i] as number, up[j * nx + i] as number];
      if (i < nx - 1) for (let k = -half; k <= half; k++) draw(x + half, y + k, across);
      if (j < ny - 1) for (let k = -half; k <= half; k++) draw(x + k, y + half, upward);
    }
  }
  const said =
    most === 0 ? `no unit of ${of} changes its sign here` : `units of ${of} that change their sign`;
  return {
    pixels,
    nx: width,
    ny: height,
    window,
    legend: [{ colour: null, text: said }],
    ...(most > 0 && { scale: { colours: rampColours(dark).slice(1), from: "1", to: String(most) } }),
  };
}
