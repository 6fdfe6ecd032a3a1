/** What saved pictures of several slices share: title and prompts on top, type, and the hatch of what is missing. */
import { anchorColour, type Palette } from "../field/colour";
import { inkAnchor } from "../field/ink";
import { blank, type Context, contextOf } from "../field/pixels";
import { ANCHORS, LETTERS } from "../field/slice";
import { token } from "../shell/theme";

export interface PlateInk {
  readonly ground: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
}

export interface Top {
  readonly title: string;
  readonly prompts: readonly [string, string, string];
  readonly ink: PlateInk;
  readonly palette: Palette;
}

/** The colours of the theme that is on. */
export function plateInk(): PlateInk {
  return { ground: token("ground"), ink: token("ink"), quiet: token("quiet"), line: token("line") };
}

interface Written {
  readonly size: number;
  readonly colour: string;
  readonly align?: CanvasTextAlign;
  readonly weight?: number;
}

const FONT = "system-ui, sans-serif";

/** Title and prompts from `left` on, no wider than `room`: how high they stand, and their drawing. */
export function topOf(
  { title, prompts, ink, palette }: Top,
  left: number,
  room: number,
  size: number,
): { readonly height: number; readonly draw: (context: Context) => void } {
  const indent = 1.7 * size;
  const titles = wrapped(title, room, 1.2 * size, 650);
  const texts = prompts.map((prompt) => wrapped(prompt.replaceAll("\n", "⏎"), room - indent, size));
  const heads = (0.8 + 1.6 * titles.length) * size;
  const lines = texts.reduce((sum, text) => sum + text.length, 0);
  return {
    height: heads + (0.8 + 1.4 * lines) * size,
    draw: (context) => {
      titles.forEach((line, n) => {
        const y = (1.8 + 1.6 * n) * size;
        write(context, line, left, y, { size: 1.2 * size, colour: ink.ink, weight: 650 });
      });
      let y = heads + size;
      for (const k of ANCHORS) {
        inkAnchor(context, LETTERS[k], left + 0.6 * size, y, 0.55 * size, anchorColour(k, palette));
        for (const line of texts[k] ?? []) {
          write(context, line, left + indent, y, { size, colour: ink.ink });
          y += 1.4 * size;
        }
      }
    },
  };
}

/** A line of text, its middle at `y`. */
export function write(context: Context, text: string, x: number, y: number, how: Written): void {
  context.font = `${how.weight ?? 400} ${how.size}px ${FONT}`;
  context.textAlign = how.align ?? "left";
  context.textBaseline = "middle";
  context.fillStyle = how.colour;
  context.fillText(text, x, y);
}

/** Text in lines no wider than `room`; a word that is wider by itself keeps its line. */
export function wrapped(text: string, room: number, size: number, weight = 400): readonly string[] {
  const context = contextOf(blank(1, 1));
  context.font = `${weight} ${size}px ${FONT}`;
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A square that is missing, at the context's origin. */
export function hatch(context: Context, side: number, colour: string): void {
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
