/**
 * Pixels on a canvas: a slice is painted once for each way of colouring it, and drawn enlarged, each point as a square
 * around its own place (so the outermost points' squares are halved by the window's edge, and grids of all levels agree).
 */

import { crossfade, type Painted } from "./blend";
import { type ColourOptions, floors, paint, scales } from "./colour";
import type { Box } from "./labels";
import type { Slice } from "./slice";

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
export type Surface = HTMLCanvasElement | OffscreenCanvas;

/** One slice, or a labelled crossfade between two: `mix` 0 is all `from`. */
export type Shown = Slice | { readonly from: Slice; readonly to: Slice; readonly mix: number };

interface Kept {
  readonly look: string;
  readonly painted: Painted;
  readonly surface: Surface;
}

const kept = new WeakMap<Slice, Kept>();

/** Draws a slice's pixels, nearest neighbour, over a rectangle of the canvas. */
export function drawPixels(ctx: Context, shown: Shown, options: ColourOptions, place: Box): void {
  let surface: Surface;
  if (!isFade(shown)) surface = painted(shown, options).surface;
  else if (shown.mix <= 0) surface = painted(shown.from, options).surface;
  else if (shown.mix >= 1) surface = painted(shown.to, options).surface;
  else {
    const [from, to] = [painted(shown.from, options).painted, painted(shown.to, options).painted];
    surface = surfaceOf(crossfade(from, to, shown.mix));
  }
  ctx.imageSmoothingEnabled = false;
  const { left, top, width, height } = place;
  ctx.drawImage(surface, 0.5, 0.5, surface.width - 1, surface.height - 1, left, top, width, height);
}

/** Whether it is a crossfade. */
function isFade(shown: Shown): shown is { readonly from: Slice; readonly to: Slice; readonly mix: number } {
  return "mix" in shown;
}

/** The slice whose names and borders are drawn: of two, the nearer. */
export function leading(shown: Shown): Slice {
  return isFade(shown) ? (shown.mix < 0.5 ? shown.from : shown.to) : shown;
}

/** A canvas that is not on the page. */
export function blank(width: number, height: number): Surface {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** The 2-D context of a canvas. */
export function contextOf(surface: Surface): Context {
  const ctx = surface.getContext("2d") as Context | null;
  if (!ctx) throw new Error("This browser gave no 2-D canvas.");
  return ctx;
}

function painted(slice: Slice, options: ColourOptions): Kept {
  const { palette, normalisation, sequenceMax } = options;
  const look = `${palette} ${scales(normalisation, slice, sequenceMax)} ${floors(normalisation, slice)}`;
  const known = kept.get(slice);
  if (known?.look === look) return known;
  const made: Painted = { pixels: paint(slice, options), width: slice.nx, height: slice.ny };
  const entry = { look, painted: made, surface: surfaceOf(made) };
  kept.set(slice, entry);
  return entry;
}

function surfaceOf({ pixels, width, height }: Painted): Surface {
  const surface = blank(width, height);
  contextOf(surface).putImageData(new ImageData(pixels, width, height), 0, 0);
  return surface;
}
