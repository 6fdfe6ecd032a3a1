/**
 * The trust veil: which parts of the plane real text visits.
 *
 * Each point is as far from the nearest activation of real text as `relative` says, in typical distances between such
 * activations: at 1 or below it is as near to real text as real text is to itself, and seen clearly; beyond, it fades.
 */

import { isObject, type ResultFile } from "../api/decode";
import { floats, scalar } from "./arrays";
import { css, put, type Rgba } from "./inkRamp";
import type { Layer, Swatch } from "./overlay";
import type { Window } from "./view";

export interface Veil {
  readonly nx: number;
  readonly ny: number;
  readonly window: Window;
  /** [ny, nx]: distance from the nearest real activation, the typical one being 1. */
  readonly relative: Float32Array;
  /** (α, β) of real activations that stand near the plane. */
  readonly dots: Float32Array;
  /** What text it is, and how many activations there are. */
  readonly text: string;
  readonly activations: number;
  /** In units of activation. */
  readonly typical: number;
}

/** The veil that a file holds; throws `DecodeError` where it holds another thing. */
export function veilOf(file: ResultFile): Veil {
  const [alpha, beta] = [floats(file, "alpha"), floats(file, "beta")];
  const off = floats(file, "bank_off");
  const plane = floats(file, "bank_plane", 2 * off.length);
  const bank = isObject(file.metadata["bank"]) ? file.metadata["bank"] : {};
  const ends = (line: Float32Array): readonly [number, number] => [line[0] ?? 0, line[line.length - 1] ?? 1];
  return {
    nx: alpha.length,
    ny: beta.length,
    window: { alpha: ends(alpha), beta: ends(beta) },
    relative: floats(file, "nearest", alpha.length * beta.length),
    dots: plane.filter((_, n) => (off[n >> 1] as number) <= NEARBY),
    text: String(bank["what"] ?? ""),
    activations: Number(bank["activations"] ?? off.length),
    typical: scalar(file, "typical"),
  };
}

/** Real activations that are no farther from the plane, in typical distances, are marked on it. */
const NEARBY = 2;

const DOTS: Swatch = { colour: "#fff", dot: true, text: `real text at most ${NEARBY} off the plane` };

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
  const percent =
    share < 0.01 ? "Under 1 %" : share === 1 ? "All" : `${Math.min(99, Math.round(100 * share))} %`;
  return `${percent} of this window is as near to real text as real text is to itself.`;
}

/** The layer of a veil, with its dots. */
export function veilLayer(
  { relative, nx, ny, window, dots }: Pick<Veil, "relative" | "nx" | "ny" | "window" | "dots">,
  dark: boolean,
): Layer {
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
    legend: [{ colour: null, text: "distance to real text" }, ...(dots.length > 0 ? [DOTS] : [])],
    scale: { colours, from: "1, as between texts", to: `${FAR}` },
  };
}
