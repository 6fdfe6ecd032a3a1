/** Lines, letters and names in white with a dark halo: legible on black, red, yellow and white alike. */

import type { Border } from "./contours";
import { type Box, type Label, labelHeight, shareSize } from "./labels";
import type { Context } from "./pixels";

const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
const HALO = "rgb(10 11 14 / 0.88)";

/** Strokes borders given in grid coordinates [nx, ny] over a rectangle whose top is the highest row. */
export function inkBorders(
  ctx: Context,
  borders: readonly Border[],
  grid: { readonly nx: number; readonly ny: number },
  place: Box,
  width: number,
): void {
  const dx = place.width / (grid.nx - 1);
  const dy = place.height / (grid.ny - 1);
  ctx.beginPath();
  for (const { points, closed } of borders) {
    const count = points.length / 2;
    const x = (n: number) => place.left + (points[2 * (n % count)] as number) * dx;
    const y = (n: number) => place.top + place.height - (points[2 * (n % count) + 1] as number) * dy;
    const middle = (n: number) => [(x(n) + x(n + 1)) / 2, (y(n) + y(n + 1)) / 2] as const;
    if (closed) ctx.moveTo(...middle(count - 1));
    else ctx.moveTo(x(0), y(0));
    const last = closed ? count : count - 1;
    for (let n = closed ? 0 : 1; n < last; n++) ctx.quadraticCurveTo(x(n), y(n), ...middle(n));
    if (!closed) ctx.lineTo(x(count - 1), y(count - 1));
  }
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.strokeStyle = "rgb(10 11 14 / 0.45)";
  ctx.lineWidth = width * 2.4;
  ctx.stroke();
  ctx.strokeStyle = "rgb(255 255 255 / 0.85)";
  ctx.lineWidth = width;
  ctx.stroke();
}

/** A dotted line, for the path from A to B. */
export function inkPath(ctx: Context, points: readonly (readonly [number, number])[], width: number): void {
  ctx.save();
  ctx.setLineDash([width * 1.2, width * 3.4]);
  ctx.lineCap = "round";
  ctx.beginPath();
  points.forEach(([x, y], n) => {
    if (n === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
  for (const [style, by] of [
    ["rgb(10 11 14 / 0.5)", 2],
    ["rgb(255 255 255 / 0.8)", 1],
  ] as const) {
    ctx.strokeStyle = style;
    ctx.lineWidth = width * by;
    ctx.stroke();
  }
  ctx.restore();
}

/** A letter in a filled circle with a white ring. */
export function inkAnchor(
  ctx: Context,
  letter: string,
  x: number,
  y: number,
  radius: number,
  fill: string,
): void {
  disc(ctx, x, y, radius + 1.5, HALO);
  disc(ctx, x, y, radius, "#fff");
  disc(ctx, x, y, radius - Math.max(1.5, radius * 0.16), fill);
  const pale = luminance(ctx, fill) > 0.5;
  ctx.font = `700 ${Math.round(radius * 1.12)}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = pale ? "#14151a" : "#fff";
  const { actualBoundingBoxAscent: rise } = ctx.measureText(letter);
  ctx.fillText(letter, x, y + rise / 2);
}

/** A letter in a ring: an anchor that is not on the plane, at the foot of the way to it. */
export function inkHollow(
  ctx: Context,
  letter: string,
  x: number,
  y: number,
  radius: number,
  fill: string,
): void {
  for (const [style, width] of [
    [HALO, 6],
    ["#fff", 3.6],
    [fill, 1.8],
  ] as const) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.strokeStyle = style;
    ctx.lineWidth = width;
    ctx.stroke();
  }
  haloed(ctx, letter, x, y, Math.round(radius * 1.12), 700);
}

/** A region's name, and under it its share of the window. */
export function inkLabel(ctx: Context, label: Label): void {
  const top = label.y - labelHeight(label.size, label.share) / 2;
  haloed(ctx, label.text, label.x, top + label.size * 0.55, label.size, 650);
  if (!label.share) return;
  const size = shareSize(label.size);
  haloed(ctx, label.share, label.x, top + label.size * 1.1 + size * 0.8, size, 600);
}

/** White text with a dark halo, centred on a point. */
export function haloed(ctx: Context, text: string, x: number, y: number, size: number, weight: number): void {
  ctx.font = `${weight} ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.strokeStyle = HALO;
  ctx.lineWidth = Math.max(2.4, size * 0.17);
  ctx.strokeText(text, x, y);
  ctx.fillStyle = "#fff";
  ctx.fillText(text, x, y);
}

const widths = new Map<string, number>();

/** Width in pixels of a text at a font size. */
export function measure(ctx: Context, text: string, size: number): number {
  let unit = widths.get(text);
  if (unit === undefined) {
    ctx.font = `650 100px ${FONT}`;
    unit = ctx.measureText(text).width / 100;
    if (widths.size > 5000) widths.clear();
    widths.set(text, unit);
  }
  return unit * size;
}

function disc(ctx: Context, x: number, y: number, radius: number, fill: string): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.fill();
}

function luminance(ctx: Context, fill: string): number {
  ctx.fillStyle = fill;
  const hex = String(ctx.fillStyle);
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}
