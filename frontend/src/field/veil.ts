/**
 * The trust veil: which parts of the plane real text visits.
 *
 * Each point is as far from the nearest activation of real text as `relative` says, in typical distances between such
 * activations: at 1 or below it is as near to real text as real text is to itself, and seen clearly; beyond, it fades.
 */

import type { Layer } from "./overlay";
import { css, put, type Rgba } from "./ramp";
import type { Window } from "./view";

/** Where the veil is thickest, in typical distances, and how thick it is there. */
export const FAR = 3;
const THICKEST = 0.9;

const LIGHT: Rgba = [228, 229, 234, THICKEST];
const DARK: Rgba = [74, 77, 87, THICKEST];

/** How thick the veil is, 0…1 of the thickest: none up to 1, all from `FAR` on, even by ratio between. */
export function thickness(relative: number): number {
  if (!(relative > 1)) return Number.isNaN(relative) ? 1 : 0;
  return Math.min(1, Math.log(relative) / Math.log(FAR));
}

/** Share of the points that are as near to real text as it is to itself. */
export function nearShare(relative: Float32Array): number {
  let near = 0;
  for (const value of relative) if (value <= 1) near++;
  return near / Math.max(1, relative.length);
}

/** What the veil says, in a sentence. */
export function veilSentence(relative: Float32Array): string {
  const share = nearShare(relative);
  if (share === 0) {
    const nearest = relative.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    return `No point of this window is as near to real text as real text is to itself; the nearest is ${nearest.toFixed(1)} times as far.`;
  }
  const percent = share < 0.01 ? "Under 1 %" : share === 1 ? "All" : `${Math.min(99, Math.round(100 * share))} %`;
  return `${percent} of this window is as near to real text as real text is to itself.`;
}

/** The layer of a veil [ny, nx]; `dots`: (α, β) of real activations near the plane. */
export function veilLayer(
  relative: Float32Array,
  grid: { readonly nx: number; readonly ny: number; readonly window: Window },
  dots: Float32Array,
  dark: boolean,
): Layer {
  const { nx, ny, window } = grid;
  const pixels = new Uint8ClampedArray(4 * nx * ny);
  const [r, g, b, a] = dark ? DARK : LIGHT;
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const thick = thickness(relative[j * nx + i] as number);
      put(pixels, (ny - 1 - j) * nx + i, [r, g, b, a * thick]);
    }
  }
  const colours = [1, 1.5, 2, 2.5, FAR].map((value) => css([r, g, b, a * thickness(value)]));
  return {
    pixels,
    nx,
    ny,
    window,
    dots,
    legend: [{ colour: null, text: "distance to real text; 1: as close as real activations are to one another" }],
    scale: { colours, from: "1", to: `${FAR}` },
  };
}
