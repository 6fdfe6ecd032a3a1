/** The sheet on one canvas: title and prompts, heads, cells, and the sentence below. */
import { anchorColour, type Palette } from "../../field/colour";
import { inkAnchor } from "../../field/ink";
import { blank, type Context, contextOf, type Surface } from "../../field/pixels";
import { LETTERS } from "../../field/slice";

export interface SheetParts {
  readonly title: string;
  readonly prompts: readonly [string, string, string];
  readonly words: string;
  readonly columns: readonly string[];
  /** From the top. */
  readonly rows: readonly string[];
  /** Draws a cell at the context's origin; false: there is none. */
  readonly draw: (context: Context, row: number, column: number, side: number) => boolean;
  readonly ink: {
    readonly ground: string;
    readonly ink: string;
    readonly quiet: string;
    readonly line: string;
  };
  readonly palette: Palette;
}

/** Aimed width of the picture, pixels. */
const WIDE = 2000;
const FONT = "system-ui, sans-serif";

/** The picture; `strength` enlarges its type. */
export function drawSheet(parts: SheetParts, strength = 1): Surface {
  const side = Math.round(Math.min(220, Math.max(72, (WIDE - 160) / parts.columns.length)));
  const gap = Math.max(4, Math.round(side / 28));
  const size = Math.round(20 * strength);
  const left = 4 * size;
  const width = Math.max(left + parts.columns.length * (side + gap) + size, 44 * size);
  const lines = wrapped(parts.words, width - left - size, size);
  const top = 8.2 * size;
  const height = top + parts.rows.length * (side + gap) + (1.6 + 1.4 * lines.length) * size;
  const canvas = blank(width, Math.ceil(height));
  const context = contextOf(canvas);
  context.fillStyle = parts.ink.ground;
  context.fillRect(0, 0, width, height);
  write(context, parts.title, left, 1.6 * size, 1.2 * size, parts.ink.ink, "left", 650);
  parts.prompts.forEach((prompt, k) => {
    const y = (3.2 + 1.4 * k) * size;
    const fill = anchorColour(k as 0 | 1 | 2, parts.palette);
    inkAnchor(context, LETTERS[k as 0 | 1 | 2], left + 0.6 * size, y, 0.55 * size, fill);
    write(context, prompt.replaceAll("\n", "⏎"), left + 1.7 * size, y, size, parts.ink.ink, "left");
  });
  write(context, "layer", left - 0.6 * size, top - 0.8 * size, 0.8 * size, parts.ink.quiet, "right");
  parts.columns.forEach((text, column) => {
    const x = left + column * (side + gap) + side / 2;
    write(context, text, x, top - 0.8 * size, 0.9 * size, parts.ink.quiet, "center");
  });
  parts.rows.forEach((text, row) => {
    const y = top + row * (side + gap);
    write(context, text, left - 0.6 * size, y + side / 2, 0.9 * size, parts.ink.quiet, "right");
    parts.columns.forEach((_, column) => {
      context.save();
      context.translate(left + column * (side + gap), y);
      if (!parts.draw(context, row, column, side)) hatch(context, side, parts.ink.line);
      context.restore();
    });
  });
  lines.forEach((line, n) => {
    const y = top + parts.rows.length * (side + gap) + (1.2 + 1.4 * n) * size;
    write(context, line, left, y, size, parts.ink.quiet, "left");
  });
  return canvas;
}

function write(
  context: Context,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
  align: CanvasTextAlign,
  weight = 400,
): void {
  context.font = `${weight} ${size}px ${FONT}`;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** A missing cell. */
function hatch(context: Context, side: number, colour: string): void {
  context.beginPath();
  context.rect(0, 0, side, side);
  context.clip();
  context.beginPath();
  for (let at = -side; at < side; at += Math.max(6, side / 12)) {
    context.moveTo(at, 0);
    context.lineTo(at + side, side);
  }
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke();
}

/** Text in lines no wider than `room`; a word that is wider by itself keeps its line. */
function wrapped(text: string, room: number, size: number): readonly string[] {
  const context = contextOf(blank(1, 1));
  context.font = `400 ${size}px ${FONT}`;
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
