/** The smaller plots: exponents under the diagram, the phase portrait, trace, spectrum and autocorrelation. */

import type { Peak } from "../model/spectrum";
import type { Column } from "../work/messages";
import { type Axes, aired, extent, fill, frame, type Ink2d, line, type Range, xOf, yOf } from "./axes";
import { css, type Ink, ofExponent, ofPosition } from "./ink";

/** Largest exponent that the strip shows; steeper contraction leaves it below. */
const LOWEST = -0.3;

/** λ1, coloured as in the diagram, and λ2, over β. */
export function drawExponents(context: Ink2d, axes: Axes, columns: readonly Column[], ink: Ink): void {
  fill(context, axes, ink);
  context.save();
  clip(context, axes);
  context.strokeStyle = ink.onGround;
  context.globalAlpha = 0.35;
  line(context, axes.box.left, yOf(axes, 0), axes.box.left + axes.box.width, yOf(axes, 0));
  context.globalAlpha = 0.55;
  context.beginPath();
  for (const column of columns) {
    const value = column.exponents[1];
    if (value !== undefined) context.lineTo(xOf(axes, column.beta), yOf(axes, Math.max(LOWEST * 2, value)));
  }
  context.stroke();
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  for (let i = 1; i < columns.length; i++) {
    const [a, b] = [columns[i - 1] as Column, columns[i] as Column];
    const [before, after] = [a.exponents[0], b.exponents[0]];
    if (before === undefined || after === undefined) continue;
    context.strokeStyle = css(ofExponent(after));
    line(
      context,
      xOf(axes, a.beta),
      yOf(axes, clamped(before)),
      xOf(axes, b.beta),
      yOf(axes, clamped(after)),
    );
  }
  context.restore();
}

const clamped = (value: number): number => Math.max(2 * LOWEST, value);

/** Range of the strip. */
export function exponentRange(columns: readonly Column[]): Range {
  const firsts = columns.flatMap((column) => column.exponents.slice(0, 1)).filter(Number.isFinite);
  const [low, high] = extent(firsts);
  return aired([Math.max(LOWEST, Math.min(low, -0.02)), Math.max(high, 0.02)]);
}

function clip(context: Ink2d, { box }: Axes): void {
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
}

/** The mean field's orbit behind the finite network's. */
export function drawShadow(context: Ink2d, axes: Axes, x: Float64Array, y: Float64Array, ink: Ink): void {
  context.save();
  clip(context, axes);
  context.fillStyle = ink.onGround;
  context.globalAlpha = 0.45;
  for (let t = 0; t < x.length; t++)
    context.fillRect(xOf(axes, x[t] as number) - 0.6, yOf(axes, y[t] as number) - 0.6, 1.2, 1.2);
  context.restore();
}

export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Position of the first point in the context. */
  readonly position: number;
  readonly context: number;
  /** Steps of the cycle, or 0: few points are drawn larger, and joined. */
  readonly period: number;
}

/** The orbit in a plane of two features, coloured by t mod L. */
export function drawPortrait(context: Ink2d, axes: Axes, points: Points, ink: Ink): void {
  fill(context, axes, ink);
  context.save();
  clip(context, axes);
  const count = points.x.length;
  const few = points.period > 0 && points.period <= 128;
  const side = few ? 5 : count > 2000 ? 1.5 : 2.2;
  if (few) {
    context.strokeStyle = ink.onGround;
    context.globalAlpha = 0.18;
    context.beginPath();
    for (let t = Math.max(0, count - points.period - 1); t < count; t++)
      context.lineTo(xOf(axes, points.x[t] as number), yOf(axes, points.y[t] as number));
    context.stroke();
  }
  context.globalAlpha = few ? 1 : 0.75;
  for (let position = 0; position < points.context; position++) {
    context.fillStyle = ofPosition(position, points.context);
    const first = (position - points.position + points.context) % points.context;
    for (let t = first; t < count; t += points.context) {
      const x = xOf(axes, points.x[t] as number);
      const y = yOf(axes, points.y[t] as number);
      context.fillRect(x - side / 2, y - side / 2, side, side);
    }
  }
  context.restore();
  context.globalAlpha = 1;
}

/** A series as a line; a dot for each step where they are few. */
export function drawTrace(context: Ink2d, axes: Axes, values: ArrayLike<number>, ink: Ink): void {
  fill(context, axes, ink);
  context.save();
  clip(context, axes);
  context.strokeStyle = ink.onGround;
  context.lineWidth = 1.1;
  context.beginPath();
  for (let t = 0; t < values.length; t++) context.lineTo(xOf(axes, t), yOf(axes, values[t] as number));
  context.stroke();
  context.restore();
}

/** The finite network's series over the mean field's, which is pale, with a band of one standard deviation about 0. */
export function drawBoth(
  context: Ink2d,
  axes: Axes,
  field: ArrayLike<number>,
  finite: ArrayLike<number>,
  units: number,
  ink: Ink,
): void {
  drawTrace(context, axes, field, ink);
  context.save();
  clip(context, axes);
  const band = 1 / Math.sqrt(units);
  context.fillStyle = ink.accent;
  context.globalAlpha = 0.25;
  const [top, bottom] = [yOf(axes, band), yOf(axes, -band)];
  context.fillRect(axes.box.left, top, axes.box.width, Math.max(1, bottom - top));
  context.globalAlpha = 1;
  context.strokeStyle = FINITE;
  context.beginPath();
  for (let t = 0; t < finite.length; t++) context.lineTo(xOf(axes, t), yOf(axes, finite[t] as number));
  context.stroke();
  context.restore();
}

/** The finite network's colour. */
const FINITE = "#f5a43c";

/** What tokens attend to, by lag: bars, the nearest token first. */
export function drawAttends(context: Ink2d, axes: Axes, attends: Float64Array, ink: Ink): void {
  fill(context, axes, ink);
  const wide = axes.box.width / attends.length;
  context.fillStyle = ink.onGround;
  for (let lag = 0; lag < attends.length; lag++) {
    const y = yOf(axes, attends[lag] as number);
    context.fillRect(axes.box.left + (lag + 0.15) * wide, y, 0.7 * wide, axes.box.top + axes.box.height - y);
  }
}

/** Power over frequency, multiples of 1/L as dotted lines, and the peaks by their frequency. */
export function drawSpectrum(
  context: Ink2d,
  axes: Axes,
  spectrum: Float64Array,
  named: readonly Peak[],
  window: number,
  ink: Ink,
): void {
  fill(context, axes, ink);
  context.save();
  clip(context, axes);
  context.strokeStyle = ink.onGround;
  context.globalAlpha = 0.4;
  context.setLineDash([2, 3]);
  if (window <= 16)
    for (let n = 1; n <= window / 2; n++)
      line(
        context,
        xOf(axes, n / window),
        axes.box.top,
        xOf(axes, n / window),
        axes.box.top + axes.box.height,
      );
  context.setLineDash([]);
  context.globalAlpha = 1;
  context.beginPath();
  const bins = spectrum.length - 1;
  for (let k = 0; k <= bins; k++)
    context.lineTo(xOf(axes, k / (2 * bins)), yOf(axes, Math.log10(Math.max(spectrum[k] as number, 1e-30))));
  context.stroke();
  context.restore();
  context.fillStyle = ink.onGround;
  context.font = `${ink.small}px system-ui, sans-serif`;
  context.textBaseline = "bottom";
  const taken: number[] = [];
  for (const peak of named) {
    const x = xOf(axes, peak.frequency);
    const text = peak.multiple ? `${peak.multiple}/${window}` : peak.frequency.toFixed(3);
    const half = context.measureText(text).width / 2 + 2;
    if (taken.some((other) => Math.abs(other - x) < 2 * half + 2)) continue;
    taken.push(x);
    context.textAlign = "center";
    const inside = Math.min(axes.box.left + axes.box.width - half, Math.max(axes.box.left + half, x));
    const y = Math.max(axes.box.top + 1.2 * ink.small, yOf(axes, Math.log10(peak.power)) - 2);
    context.fillText(text, inside, y);
  }
}

/** Range of a spectrum in powers of ten: six orders below the largest. */
export function powerRange(spectrum: Float64Array): Range {
  const [, high] = extent(spectrum.subarray(1));
  const top = Math.log10(Math.max(high, 1e-30));
  return [top - 6, top + 0.9];
}

/** Correlation by lag, as bars from 0; those at multiples of L stronger. */
export function drawCorrelation(
  context: Ink2d,
  axes: Axes,
  values: Float64Array,
  window: number,
  ink: Ink,
): void {
  fill(context, axes, ink);
  context.save();
  clip(context, axes);
  context.fillStyle = ink.onGround;
  const zero = yOf(axes, 0);
  const wide = Math.max(1, axes.box.width / values.length - 1);
  for (let lag = 0; lag < values.length; lag++) {
    context.globalAlpha = lag % window === 0 ? 1 : 0.5;
    const y = yOf(axes, values[lag] as number);
    context.fillRect(xOf(axes, lag) - wide / 2, Math.min(y, zero), wide, Math.max(1, Math.abs(zero - y)));
  }
  context.restore();
  context.globalAlpha = 1;
}

export { frame };
