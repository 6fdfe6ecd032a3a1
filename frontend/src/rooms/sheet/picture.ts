/** The sheet on one canvas: title and prompts, heads, cells, and the sentence below. */
import { hatch, type Top, topOf, wrapped, write } from "../../export/plate";
import { blank, type Context, contextOf, type Surface } from "../../field/pixels";

export interface SheetParts extends Top {
  readonly words: string;
  readonly columns: readonly string[];
  /** From the top. */
  readonly rows: readonly string[];
  /** Draws a cell at the context's origin; false: there is none. */
  readonly draw: (context: Context, row: number, column: number, side: number) => boolean;
}

/** Aimed width of the picture, pixels. */
const WIDE = 2000;

/** The picture; `strength` enlarges its type. */
export function drawSheet(parts: SheetParts, strength = 1): Surface {
  const { columns, rows, ink } = parts;
  const side = Math.round(Math.min(220, Math.max(72, (WIDE - 160) / columns.length)));
  const gap = Math.max(4, Math.round(side / 28));
  const size = Math.round(20 * strength);
  const left = 4 * size;
  const width = Math.max(left + columns.length * (side + gap) + size, 44 * size);
  const head = topOf(parts, left, width - left - size, size);
  const lines = wrapped(parts.words, width - left - size, size);
  const top = head.height + 2 * size;
  const height = top + rows.length * (side + gap) + (1.6 + 1.4 * lines.length) * size;
  const canvas = blank(width, Math.ceil(height));
  const context = contextOf(canvas);
  context.fillStyle = ink.ground;
  context.fillRect(0, 0, width, height);
  head.draw(context);
  const quiet = { size: 0.9 * size, colour: ink.quiet };
  const corner = { ...quiet, size: 0.8 * size, align: "right" } as const;
  write(context, "layer ↑", left - 0.6 * size, top - 1.8 * size, corner);
  write(context, "step →", left - 0.6 * size, top - 0.8 * size, corner);
  columns.forEach((text, column) => {
    const x = left + column * (side + gap) + side / 2;
    write(context, text, x, top - 0.8 * size, { ...quiet, align: "center" });
  });
  rows.forEach((text, row) => {
    const y = top + row * (side + gap);
    write(context, text, left - 0.6 * size, y + side / 2, { ...quiet, align: "right" });
    columns.forEach((_, column) => {
      context.save();
      context.translate(left + column * (side + gap), y);
      if (!parts.draw(context, row, column, side)) hatch(context, side, ink.line);
      context.restore();
    });
  });
  lines.forEach((line, n) => {
    const y = top + rows.length * (side + gap) + (1.2 + 1.4 * n) * size;
    write(context, line, left, y, { size, colour: ink.quiet });
  });
  return canvas;
}
