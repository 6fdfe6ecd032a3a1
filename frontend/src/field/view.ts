/**
 * Windows on the plane, in (α, β), and the rectangle of the page they are drawn in.
 *
 * Points of the grid lie on the window's edge: the first column is the left edge, the last the right one. α grows to
 * the right, β upward. The paper's affine square gives both axes the same length on the page; true scale gives them
 * their lengths in the residual stream, ‖B − A‖ and ‖C − X‖ (they are at right angles by construction).
 */

import { isObject, type Json } from "../api/decode";
import type { Slice } from "./slice";

export type Range = readonly [number, number];

export interface Window {
  readonly alpha: Range;
  readonly beta: Range;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A window and the rectangle, in the page's pixels, that shows it. */
export interface Frame extends Size {
  readonly left: number;
  readonly top: number;
  readonly window: Window;
}

/** The window of the first view: the paper's. */
export const WHOLE: Window = { alpha: [-0.25, 1.25], beta: [-0.25, 1.25] };

/**
 * How narrow a window may get, by what is computed in. A little beyond the place where neighbouring points are one
 * number (at 65², about 1e-5 in single and 1e-14 in double precision), so that one sees the limit and reads what it is.
 */
export const NARROWEST = { bfloat16: 1e-4, float32: 1e-8, float64: 1e-15 } as const;
/** Doubles lie this far apart at most, times their size; a window is some of them wide. */
const GAP = 8 * Number.EPSILON;
const FARTHEST = 100;

/** The window a slice was sampled over: the one that was asked, since in single precision its axes lose digits. */
export function windowOf(slice: Slice): Window {
  const asked = slice.recipe["window"];
  if (isObject(asked) && isRange(asked["alpha"]) && isRange(asked["beta"]))
    return { alpha: asked["alpha"], beta: asked["beta"] };
  const ends = (values: ArrayLike<number>): Range => [values[0] ?? 0, values[values.length - 1] ?? 1];
  return { alpha: ends(slice.alpha), beta: ends(slice.beta) };
}

function isRange(value: Json | undefined): value is Range {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "number";
}

/** Length of a unit of β over length of a unit of α, in the residual stream. */
export function aspect(slice: Slice): number {
  const { ba, cx } = slice.norms;
  return ba > 0 && cx > 0 ? cx / ba : 1;
}

/** Where a window is drawn: all of `size`, or, in true scale, the largest centred rectangle of the right proportions. */
export function frame(window: Window, size: Size, trueScale: number | null = null): Frame {
  if (trueScale === null) return { left: 0, top: 0, ...size, window };
  const ratio = (span(window.beta) * trueScale) / span(window.alpha);
  const width = Math.min(size.width, size.height / ratio);
  const height = width * ratio;
  return { left: (size.width - width) / 2, top: (size.height - height) / 2, width, height, window };
}

/** The page's pixel at (α, β). */
export function toPixel(frame: Frame, alpha: number, beta: number): { x: number; y: number } {
  const { window } = frame;
  return {
    x: frame.left + ((alpha - window.alpha[0]) / span(window.alpha)) * frame.width,
    y: frame.top + ((window.beta[1] - beta) / span(window.beta)) * frame.height,
  };
}

/** (α, β) at a pixel of the page: the inverse of `toPixel`. */
export function toPlane(frame: Frame, x: number, y: number): { alpha: number; beta: number } {
  const { window } = frame;
  return {
    alpha: window.alpha[0] + ((x - frame.left) / frame.width) * span(window.alpha),
    beta: window.beta[1] - ((y - frame.top) / frame.height) * span(window.beta),
  };
}

/** The window scaled by `factor` (below 1 looks closer) about a point that stays where it is. */
export function zoom(
  window: Window,
  factor: number,
  centre: { alpha: number; beta: number },
  narrowest: number = NARROWEST.float32,
): Window {
  return {
    alpha: scaled(window.alpha, factor, centre.alpha, narrowest),
    beta: scaled(window.beta, factor, centre.beta, narrowest),
  };
}

/** The window moved by a part of the plane, at most to where requests end (±100). */
export function pan(window: Window, alpha: number, beta: number): Window {
  return { alpha: moved(window.alpha, alpha), beta: moved(window.beta, beta) };
}

/** The window with bounds rounded to a ten-thousandth of its width: short links, and neighbours that share a result. */
export function tidy(window: Window): Window {
  return { alpha: rounded(window.alpha), beta: rounded(window.beta) };
}

/** Whether two windows are the same within a thousandth of their width. */
export function sameWindow(one: Window, other: Window): boolean {
  const close = (p: Range, q: Range) =>
    [0, 1].every((n) => Math.abs((p[n] ?? 0) - (q[n] ?? 0)) < 1e-3 * span(p));
  return close(one.alpha, other.alpha) && close(one.beta, other.beta);
}

export function span([low, high]: Range): number {
  return high - low;
}

function scaled(range: Range, factor: number, centre: number, narrowest: number): Range {
  // Looking closer never widens: a window of doubles may be open while single precision is chosen.
  const least = Math.min(span(range), Math.max(narrowest, GAP * Math.abs(centre)));
  const width = Math.min(2 * FARTHEST, Math.max(least, span(range) * factor));
  const share = (centre - range[0]) / span(range);
  const low = centre - share * width;
  return moved([low, low + width], 0);
}

function moved([low, high]: Range, by: number): Range {
  const step = Math.max(-FARTHEST - low, Math.min(FARTHEST - high, by));
  return [Math.max(-FARTHEST, low + step), Math.min(FARTHEST, high + step)];
}

/** A number with as many decimals as ten-thousandths of a window's width need. */
export function near(value: number, width: number): number {
  return Number(value.toFixed(Math.min(20, Math.max(0, 4 - Math.floor(Math.log10(width))))));
}

function rounded(range: Range): Range {
  return [near(range[0], span(range)), near(range[1], span(range))];
}
