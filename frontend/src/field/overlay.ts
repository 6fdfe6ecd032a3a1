/**
 * Layers over the picture: an RGBA grid in the place of a slice's points, drawn above the field's pixels and below
 * borders, names and letters. Which layer is on is the view's `overlay`; where each comes from is `state/overlay.ts`.
 *
 * A new layer is a name here, a source there, and a key to its colours.
 */

import { blank, type Context, contextOf, type Surface } from "./pixels";
import type { Slice } from "./slice";
import { type Frame, toPixel, type Window, windowOf } from "./view";

export const OVERLAYS = ["none", "computed", "gradient", "edges", "veil", "belief"] as const;
export type Overlay = (typeof OVERLAYS)[number];

/** A colour of the layer and what it means. */
export interface Swatch {
  /** As CSS; null for a place where the picture is seen as it is. */
  readonly colour: string | null;
  readonly text: string;
  /** It is the colour of dots. */
  readonly dot?: boolean;
}

export interface Layer {
  /** RGBA [ny, nx], one a point; the top row is the highest β. Transparent where the picture shows through. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly nx: number;
  readonly ny: number;
  /** The part of the plane that the grid covers, its outermost points on the edge. */
  readonly window: Window;
  readonly legend: readonly Swatch[];
  /** Colours from low to high as CSS, and what the ends mean. */
  readonly scale?: { readonly colours: readonly string[]; readonly from: string; readonly to: string };
  /** (α, β), (α, β) …: points that are marked by small dots. */
  readonly dots?: Float32Array;
}

const surfaces = new WeakMap<Layer, Surface>();

/** Draws a layer over a frame, nearest neighbour, each point as a square around its own place. */
export function drawLayer(ctx: Context, layer: Layer, here: Frame): void {
  let surface = surfaces.get(layer);
  if (!surface) {
    surface = blank(layer.nx, layer.ny);
    contextOf(surface).putImageData(new ImageData(layer.pixels, layer.nx, layer.ny), 0, 0);
    surfaces.set(layer, surface);
  }
  const { alpha, beta } = layer.window;
  const from = toPixel(here, alpha[0], beta[1]);
  const to = toPixel(here, alpha[1], beta[0]);
  ctx.imageSmoothingEnabled = false;
  const [width, height] = [to.x - from.x, to.y - from.y];
  ctx.drawImage(surface, 0.5, 0.5, layer.nx - 1, layer.ny - 1, from.x, from.y, width, height);
  if (layer.dots) inkDots(ctx, layer.dots, here);
}

/** Small white dots with a dark rim. */
function inkDots(ctx: Context, dots: Float32Array, here: Frame): void {
  const size = Math.max(1.1, Math.min(2, here.height / 320));
  ctx.beginPath();
  for (let n = 0; n + 1 < dots.length; n += 2) {
    const { x, y } = toPixel(here, dots[n] as number, dots[n + 1] as number);
    ctx.moveTo(x + size, y);
    ctx.arc(x, y, size, 0, 2 * Math.PI);
  }
  ctx.strokeStyle = "rgb(10 11 14 / 0.75)";
  ctx.lineWidth = 1.4;
  ctx.stroke();
  ctx.fillStyle = "#fff";
  ctx.fill();
}

/** Grey over what was interpolated; a mid one, so that black and white points both stand out from it. */
const VEIL = [150, 152, 160, 210] as const;

const veils = new WeakMap<Slice, Layer>();

/** Which points the model was run at: the others, interpolated between their neighbours, are veiled. */
export function computedLayer(slice: Slice): Layer {
  const known = veils.get(slice);
  if (known) return known;
  const { nx, ny, computed } = slice;
  const pixels = new Uint8ClampedArray(4 * nx * ny);
  let count = 0;
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      if (computed[j * nx + i] === 1) count++;
      else pixels.set(VEIL, 4 * ((ny - 1 - j) * nx + i));
    }
  }
  const [all, window] = [nx * ny, windowOf(slice)];
  const legend: Swatch[] =
    count === all
      ? [{ colour: null, text: "every point is computed" }]
      : [
          { colour: null, text: `computed: ${percent(count / all)} of the points` },
          { colour: `rgb(${VEIL.slice(0, 3).join(" ")})`, text: "interpolated between them" },
        ];
  const made = { pixels, nx, ny, window, legend };
  veils.set(slice, made);
  return made;
}

/** A share in whole percent, below ten with one decimal, and never a false 0 or 100. */
function percent(share: number): string {
  const value = Math.min(99.9, Math.max(0.1, 100 * share));
  return `${value < 9.95 ? value.toFixed(1) : Math.min(99, Math.round(value))} %`;
}
