/** A plot's frame: a box on its own ground, ticks and numbers on two sides, and what the axes are. */

import { ticks } from "../../../field/ticks";
import { css, type Ink } from "./ink";

export type Ink2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
export type Range = readonly [number, number];

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Axes {
  readonly box: Box;
  readonly across: Range;
  readonly up: Range;
}

export const xOf = ({ box, across }: Axes, value: number): number =>
  box.left + ((value - across[0]) / (across[1] - across[0])) * box.width;
export const yOf = ({ box, up }: Axes, value: number): number =>
  box.top + box.height - ((value - up[0]) / (up[1] - up[0])) * box.height;
export const valueAt = ({ box, across }: Axes, x: number): number =>
  across[0] + ((x - box.left) / box.width) * (across[1] - across[0]);

/** A range with a little air round it; never empty. */
export function aired([low, high]: Range, share = 0.05): Range {
  const span = high - low || Math.max(Math.abs(high), 1e-12);
  return [low - share * span, high + share * span];
}

/** Smallest and largest of a list. */
export function extent(values: ArrayLike<number>): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

const tidy = (value: number): string =>
  (Math.abs(value) >= 1e-3 || value === 0 ? String(value) : value.toExponential(0)).replace("-", "−");

/** The ground of the plot. */
export function fill(context: Ink2d, { box }: Axes, ink: Ink): void {
  context.fillStyle = css(ink.ground);
  context.fillRect(box.left, box.top, box.width, box.height);
}

/** Ticks and names; `bare` leaves out the numbers below. */
export function frame(
  context: Ink2d,
  axes: Axes,
  ink: Ink,
  names: { readonly x: string; readonly y: string },
  bare = false,
): void {
  const { box } = axes;
  const right = box.left + box.width;
  const bottom = box.top + box.height;
  context.lineWidth = 1;
  context.strokeStyle = ink.quiet;
  context.fillStyle = ink.quiet;
  context.font = `${ink.small}px system-ui, sans-serif`;
  context.textBaseline = "top";
  context.textAlign = "center";
  if (!bare)
    for (const tick of ticks(axes.across, Math.max(2, Math.floor(box.width / (6 * ink.small))))) {
      const x = xOf(axes, tick);
      line(context, x, bottom, x, bottom + 4);
      context.fillText(tidy(tick), x, bottom + 5);
    }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks(axes.up, Math.max(2, Math.floor(box.height / (3 * ink.small))))) {
    const y = yOf(axes, tick);
    line(context, box.left - 4, y, box.left, y);
    context.fillText(tidy(tick), box.left - 6, y);
  }
  context.fillStyle = ink.ink;
  context.textBaseline = "top";
  context.textAlign = "right";
  if (names.x) context.fillText(names.x, right, bottom + 5 + (bare ? 0 : 1.15 * ink.small));
  context.textAlign = "left";
  context.textBaseline = "bottom";
  if (names.y) context.fillText(names.y, box.left, box.top - 3);
}

export function line(context: Ink2d, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
