/** The fields on one canvas: what they share on top, each with its head, its axes and its line below. */
import { hatch, type Top, topOf, wrapped, write } from "../../export/plate";
import { blank, type Context, contextOf, type Surface } from "../../field/pixels";
import { paintRamp } from "../../field/ramp";
import { ticks } from "../../field/ticks";
import { type Frame, toPixel } from "../../field/view";
import { tickText } from "./Ticks";

export interface Tile {
  readonly head: string;
  readonly caption: string;
  readonly frame: Frame;
  /** The kept point, in (α, β). */
  readonly mark: { readonly alpha: number; readonly beta: number } | null;
  /** The square, `SIDE` wide; null where there is none. */
  readonly surface: Surface | null;
  /** The end of the scale, for the map of a difference. */
  readonly most?: number;
}

export interface FieldsParts extends Top {
  readonly tiles: readonly Tile[];
}

/** Side of a square, in the picture's units. */
export const SIDE = 400;
/** Pixels of a unit. */
export const RATIO = 2;

/** The picture; `strength` enlarges its type. */
export function drawFields({ tiles, ...shared }: FieldsParts, strength = 1): Surface {
  const size = Math.round(14 * strength);
  const columns = Math.ceil(tiles.length / Math.ceil(tiles.length / 3));
  const left = 3 * size;
  const wide = SIDE + left;
  const width = columns * wide + size;
  const head = topOf(shared, left, width - left - size, size);
  const texts = tiles.map((tile) => ({
    head: wrapped(tile.head, SIDE, size, 650),
    caption: wrapped(tile.caption, SIDE, size),
  }));
  const rows: Row[] = [];
  let height = head.height + size;
  for (let n = 0; n < tiles.length; n += columns) {
    const row = texts.slice(n, n + columns);
    const above = (0.6 + 1.4 * Math.max(...row.map((text) => text.head.length))) * size;
    const scale = tiles.slice(n, n + columns).some((tile) => tile.most !== undefined) ? 1.6 * size : 0;
    const below = (3.4 + 1.4 * Math.max(...row.map((text) => text.caption.length))) * size + scale;
    rows.push({ top: height, above });
    height += above + SIDE + below;
  }
  const canvas = blank(RATIO * width, Math.ceil(RATIO * height));
  const context = contextOf(canvas);
  context.scale(RATIO, RATIO);
  context.fillStyle = shared.ink.ground;
  context.fillRect(0, 0, width, height);
  head.draw(context);
  const quiet = { size, colour: shared.ink.quiet };
  tiles.forEach((tile, n) => {
    const { top, above } = rows[Math.floor(n / columns)] as Row;
    context.save();
    context.translate(left + (n % columns) * wide, top);
    texts[n]?.head.forEach((line, i) => {
      write(context, line, 0, (0.7 + 1.4 * i) * size, { size, colour: shared.ink.ink, weight: 650 });
    });
    context.translate(0, above);
    if (tile.surface) context.drawImage(tile.surface, 0, 0, SIDE, SIDE);
    drawTicks(context, tile.frame, { ...quiet, size: 0.85 * size });
    if (tile.mark) drawMark(context, tile.frame, tile.mark);
    let y = SIDE + 2.8 * size;
    if (tile.most !== undefined) {
      drawScale(context, tile.most, y, quiet);
      y += 1.6 * size;
    }
    texts[n]?.caption.forEach((line, i) => {
      write(context, line, 0, y + 1.4 * i * size, quiet);
    });
    if (!tile.surface) hatch(context, SIDE, shared.ink.line);
    context.restore();
  });
  return canvas;
}

interface Row {
  readonly top: number;
  /** Room of the heads. */
  readonly above: number;
}

interface Quiet {
  readonly size: number;
  readonly colour: string;
}

/** α below, β at the left. */
function drawTicks(context: Context, frame: Frame, quiet: Quiet): void {
  const { alpha, beta } = frame.window;
  const bottom = frame.top + frame.height;
  context.fillStyle = quiet.colour;
  for (const value of ticks(alpha, 5)) {
    const { x } = toPixel(frame, value, beta[0]);
    context.fillRect(x - 0.5, bottom + 2, 1, 4);
    write(context, tickText(value, alpha), x, bottom + 1.2 * quiet.size, { ...quiet, align: "center" });
  }
  for (const value of ticks(beta, 5)) {
    const { y } = toPixel(frame, alpha[0], value);
    context.fillRect(frame.left - 6, y - 0.5, 4, 1);
    write(context, tickText(value, beta), frame.left - 9, y, { ...quiet, align: "right" });
  }
}

/** A ring at the kept point, dark and light so that it is seen on any colour. */
function drawMark(context: Context, frame: Frame, { alpha, beta }: NonNullable<Tile["mark"]>): void {
  const { x, y } = toPixel(frame, alpha, beta);
  const inside =
    x >= frame.left && y >= frame.top && x <= frame.left + frame.width && y <= frame.top + frame.height;
  if (!inside) return;
  for (const [width, colour] of [
    [5, "#0a0b0e"],
    [2, "#fff"],
  ] as const) {
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** The scale of the difference, from 0 to the largest. */
function drawScale(context: Context, most: number, y: number, quiet: Quiet): void {
  const [steps, from, room] = [64, 1.4 * quiet.size, SIDE - 5 * quiet.size];
  const bar = blank(steps, 1);
  const shades = Float32Array.from({ length: steps }, (_, n) => n / (steps - 1));
  contextOf(bar).putImageData(new ImageData(paintRamp(shades, steps, 1, 1), steps, 1), 0, 0);
  write(context, "0", 0, y, quiet);
  context.drawImage(bar, from, y - 4, room, 8);
  write(context, most.toFixed(2), from + room + 0.6 * quiet.size, y, quiet);
}
