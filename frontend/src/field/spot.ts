/** One region brought out: everything else steps back behind a mist. */

import { put, type Rgba } from "./inkRamp";
import type { Layer } from "./overlay";
import type { Window } from "./view";

const LIGHT: Rgba = [250, 249, 247, 0.66];
const DARK: Rgba = [17, 18, 22, 0.7];

/** The layer that hides all but one region of a grid of labels [ny, nx]. */
export function spotLayer(
  of: Int32Array,
  region: number,
  grid: { readonly nx: number; readonly ny: number; readonly window: Window },
  dark: boolean,
): Layer {
  const { nx, ny, window } = grid;
  const pixels = new Uint8ClampedArray(4 * nx * ny);
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      if (of[j * nx + i] !== region) put(pixels, (ny - 1 - j) * nx + i, dark ? DARK : LIGHT);
    }
  }
  return { pixels, nx, ny, window, legend: [] };
}
