/** One picture of beliefs on a canvas: points, the corners' names, the path of a history. The page's and the saved one. */
import { dark } from "../../shell/chrome";
import { token } from "../../shell/theme";
import { type Cloud, dotOf, paint } from "./points";
import type { SimplexView, Window } from "./simplex";

export interface Picture {
  readonly cloud: Cloud | null;
  readonly view: SimplexView | null;
  readonly window: Window;
  /** Rows of the path that is drawn. */
  readonly path: readonly number[];
}

type Context = CanvasRenderingContext2D;

/** Draws over the whole of a square canvas, `ratio` pixels to a CSS pixel; `image` is as large as it and is written over. */
export function drawBeliefs(context: Context, image: ImageData, ratio: number, picture: Picture): void {
  const { cloud, view, window, path } = picture;
  const pixels = image.width;
  const dot = Math.max(1, Math.round(ratio * (cloud ? dotOf(cloud, window) : 1)));
  paint(image, cloud ?? NONE, window, rgb(token("sunken")), dot);
  context.putImageData(image, 0, 0);
  if (!view) return;
  const place = (x: number, y: number): [number, number] => [
    ((x - window.x0) / window.side) * pixels,
    pixels - ((y - window.y0) / window.side) * pixels,
  ];
  context.save();
  drawFrame(context, view, place, ratio);
  if (cloud) drawPath(context, cloud, path, place, ratio);
  context.restore();
}

const NONE: Cloud = { at: new Float32Array(0), colour: new Uint8ClampedArray(0), large: 0 };

/** A theme's colour as bytes. */
export function rgb(text: string): [number, number, number] {
  const found = /^#(..)(..)(..)$/.exec(text.trim());
  return found
    ? ([1, 2, 3].map((n) => Number.parseInt(found[n] as string, 16)) as [number, number, number])
    : [0, 0, 0];
}

type Place = (x: number, y: number) => [number, number];

/** The corners, and the edge where they are all of it. */
function drawFrame(context: Context, view: SimplexView, place: Place, ratio: number): void {
  const middle = place(0.5, 0.4);
  context.strokeStyle = token("line-strong");
  context.lineWidth = ratio;
  if (view.closed) {
    context.beginPath();
    for (const [n, { x, y }] of view.corners.entries()) {
      if (n) context.lineTo(...place(x, y));
      else context.moveTo(...place(x, y));
    }
    context.closePath();
    context.globalAlpha = 0.7;
    context.stroke();
    context.globalAlpha = 1;
  }
  // Points may lie there: a rim of the ground keeps the name legible.
  context.strokeStyle = token("sunken");
  context.lineWidth = 4 * ratio;
  context.lineJoin = "round";
  context.fillStyle = token("ink");
  context.font = `600 ${13 * ratio}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const corner of view.corners) {
    const [x, y] = place(corner.x, corner.y);
    const away = Math.hypot(x - middle[0], y - middle[1]) || 1;
    const out = 15 * ratio;
    const at = [x + ((x - middle[0]) / away) * out, y + ((y - middle[1]) / away) * out] as const;
    context.strokeText(corner.text, ...at);
    context.fillText(corner.text, ...at);
  }
}

/** A history's way, token by token: a line, a dot at each step, a ring at the end. */
function drawPath(
  context: Context,
  cloud: Cloud,
  rows: readonly number[],
  place: Place,
  ratio: number,
): void {
  if (rows.length === 0) return;
  const at = rows.map((row) => place(cloud.at[2 * row] as number, cloud.at[2 * row + 1] as number));
  for (const [colour, width] of [
    [dark.peek() ? "#000000" : "#ffffff", 4],
    [token("ink"), 1.6],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * ratio;
    context.lineJoin = "round";
    context.beginPath();
    for (const [n, point] of at.entries()) {
      if (n) context.lineTo(...point);
      else context.moveTo(...point);
    }
    context.stroke();
    for (const [n, [x, y]] of at.entries()) {
      context.beginPath();
      context.arc(x, y, (n === at.length - 1 ? 6 : 2.5) * ratio, 0, 2 * Math.PI);
      if (n === at.length - 1) context.stroke();
      else {
        context.fillStyle = colour;
        context.fill();
      }
    }
  }
}
