/**
 * Distances become colours (the paper's scheme, and one that colour-blind eyes can read).
 *
 * Similarity s = 1 − d / scale, clamped to 0…1. Paper: RGB = (sA, sB, sC). Safe: the corners vermilion, cream and blue
 * mixed convexly by s, as bright as the largest s. One letter: that similarity in greys. Black is like none of the three.
 * The scale is that of the whole plane, however far a picture of it is zoomed in: otherwise a window in which all outputs
 * are alike would be stretched to all colours, and what lies at an anchor would turn black.
 * `contrast` is for deep zooms, where all distances are nearly one: s falls from 1 at the window's lowest distance to 0 at
 * its highest, channel by channel, so it says what varies and nothing of how much.
 * The same bytes come from Python: `tests/golden/colour.json` holds both to them.
 */
import { largest, planeLargest, type Slice, smallest, type Triple } from "./slice";

export const PALETTES = ["paper", "safe", "a", "b", "c"] as const;
export type Palette = (typeof PALETTES)[number];
export const NORMALISATIONS = ["frame", "sequence", "absolute", "contrast"] as const;
export type Normalisation = (typeof NORMALISATIONS)[number];

export interface ColourOptions {
  readonly palette: Palette;
  readonly normalisation: Normalisation;
  /** Largest distance of each channel over the planes of all frames; without it `sequence` is `frame`. */
  readonly sequenceMax?: Triple<number> | undefined;
}

/** Corners of the safe palette for A, B and C: vermilion, cream, blue. */
export const SAFE_CORNERS: Triple<Triple<number>> = [
  [0xff, 0x4d, 0x00],
  [0xff, 0xf5, 0xd6],
  [0x33, 0x55, 0xff],
];

/** The largest value a distance can take, in its own unit; `l2` has none. */
const BOUNDS: Readonly<Record<string, number>> = { hellinger: 1, tv: 1, js: 1, cosine: 2 };

/** The distance at which similarity is 0, for each channel. `absolute` needs a bounded distance; `l2` takes `sequence`. */
export function scales(
  normalisation: Normalisation,
  slice: Slice,
  sequenceMax?: Triple<number>,
): Triple<number> {
  const bound = BOUNDS[String(slice.recipe.distance)];
  if (normalisation === "absolute" && bound !== undefined) return [bound, bound, bound];
  if (normalisation === "contrast") return largest(slice);
  return (normalisation === "frame" ? undefined : sequenceMax) ?? planeLargest(slice);
}

/** The distance at which similarity is 1, for each channel. */
export function floors(normalisation: Normalisation, slice: Slice): Triple<number> {
  return normalisation === "contrast" ? smallest(slice) : [0, 0, 0];
}

/** How alike, 0…1. A scale of 0 means that no distance was seen: only 0 is alike. Not a number is unlike. */
export function similarity(distance: number, scale: number, floor = 0): number {
  const s = scale > floor ? 1 - (distance - floor) / (scale - floor) : distance <= floor ? 1 : 0;
  return s > 0 ? Math.min(s, 1) : 0;
}

/** The colour of three similarities, each channel 0…255, halves rounded up. */
export function colour(sA: number, sB: number, sC: number, palette: Palette): Triple<number> {
  const rgba = new Uint8ClampedArray(4);
  PAINTERS[palette](rgba, 0, sA, sB, sC);
  return [rgba[0] ?? 0, rgba[1] ?? 0, rgba[2] ?? 0];
}

/** The slice as RGBA pixels [ny, nx], one a cell; the top row is the highest β. */
export function paint(slice: Slice, options: ColourOptions): Uint8ClampedArray<ArrayBuffer> {
  const { nx, ny, distance } = slice;
  const [scaleA, scaleB, scaleC] = scales(options.normalisation, slice, options.sequenceMax);
  const [floorA, floorB, floorC] = floors(options.normalisation, slice);
  const painter = PAINTERS[options.palette];
  const rgba = new Uint8ClampedArray(4 * nx * ny).fill(255);
  const cells = nx * ny;
  for (let j = 0; j < ny; j++) {
    let n = j * nx;
    let at = 4 * (ny - 1 - j) * nx;
    for (let i = 0; i < nx; i++, n++, at += 4) {
      const sA = similarity(distance[n] as number, scaleA, floorA);
      const sB = similarity(distance[n + cells] as number, scaleB, floorB);
      const sC = similarity(distance[n + 2 * cells] as number, scaleC, floorC);
      painter(rgba, at, sA, sB, sC);
    }
  }
  return rgba;
}

/** The colour in which an anchor is drawn, as CSS; dark enough for white letters, but for the cream. */
export function anchorColour(k: 0 | 1 | 2, palette: Palette): string {
  if (palette === "safe") return `rgb(${SAFE_CORNERS[k].join(" ")})`;
  if (palette !== "paper") return "#3a3d44";
  return (["#d62828", "#138a36", "#2b50e0"] as const)[k];
}

type Painter = (rgba: Uint8ClampedArray, at: number, sA: number, sB: number, sC: number) => void;

function put(rgba: Uint8ClampedArray, at: number, r: number, g: number, b: number): void {
  rgba[at] = Math.floor(r + 0.5);
  rgba[at + 1] = Math.floor(g + 0.5);
  rgba[at + 2] = Math.floor(b + 0.5);
}

const PAINTERS: Readonly<Record<Palette, Painter>> = {
  paper: (rgba, at, sA, sB, sC) => put(rgba, at, 255 * sA, 255 * sB, 255 * sC),
  a: (rgba, at, s) => put(rgba, at, 255 * s, 255 * s, 255 * s),
  b: (rgba, at, _, s) => put(rgba, at, 255 * s, 255 * s, 255 * s),
  c: (rgba, at, _, __, s) => put(rgba, at, 255 * s, 255 * s, 255 * s),
  safe: (rgba, at, sA, sB, sC) => {
    const sum = sA + sB + sC;
    const light = sum > 0 ? Math.max(sA, sB, sC) / sum : 0;
    const [a, b, c] = SAFE_CORNERS;
    put(
      rgba,
      at,
      (sA * a[0] + sB * b[0] + sC * c[0]) * light,
      (sA * a[1] + sB * b[1] + sC * c[1]) * light,
      (sA * a[2] + sB * b[2] + sC * c[2]) * light,
    );
  },
};
