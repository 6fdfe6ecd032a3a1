/** The server's diagrams as pictures, in the colours of the page's own. */
import { type Axes, fill, frame, xOf, yOf } from "../draw/axes";
import { brightness } from "../draw/density";
import { type Ink, ofExponent, type Rgb } from "../draw/ink";
import type { Axis } from "../link";
import type { Length } from "./read";

export const AXIS_TEXT: Readonly<Record<Axis, string>> = {
  beta: "β, inverse temperature of the output",
  gamma: "γ, inverse temperature of the attention",
  epsilon: "ε, weight of the positions",
};

/** One pixel a value and bin, or a point; upward is up. */
export function pixels(of: Length, ground: Rgb): ImageData {
  const { width, height, density, exponent } = of;
  const image = new ImageData(width, height);
  for (let x = 0; x < width; x++) {
    let most = 1;
    for (let y = 0; density && y < height; y++) most = Math.max(most, density[y * width + x] as number);
    const bright = brightness(most);
    for (let y = 0; y < height; y++) {
      const place = y * width + x;
      const share = density ? bright(density[place] as number) : 1;
      const colour = ofExponent(exponent[density ? x : place]);
      const i = 4 * ((height - 1 - y) * width + x);
      for (let c = 0; c < 3; c++)
        image.data[i + c] = (ground[c] as number) + share * ((colour[c] as number) - (ground[c] as number));
      image.data[i + 3] = 255;
    }
  }
  return image;
}

/** The axes of a picture in a box; the outermost values are half a pixel within. */
export function axesOf(of: Length, width: number, height: number): Axes {
  const [x0, x1] = [of.x[0] as number, of.x[of.x.length - 1] as number];
  const [y0, y1] = [of.y[0] as number, of.y[of.y.length - 1] as number];
  const half = (x1 - x0) / Math.max(1, of.width - 1) / 2;
  const tall = of.kind === "map" ? (y1 - y0) / Math.max(1, of.height - 1) / 2 : 0;
  return {
    box: { left: 56, top: 22, width: Math.max(10, width - 76), height: Math.max(10, height - 60) },
    across: [x0 - half, x1 + half],
    up: [y0 - tall, y1 + tall],
  };
}

export function drawLength(
  context: CanvasRenderingContext2D,
  of: Length,
  axes: Axes,
  names: { readonly x: string; readonly y: string },
  mark: { readonly x: number; readonly y: number | null },
  ink: Ink,
): void {
  fill(context, axes, ink);
  const small = document.createElement("canvas");
  small.width = of.width;
  small.height = of.height;
  small.getContext("2d")?.putImageData(pixels(of, ink.ground), 0, 0);
  const { left, top, width, height } = axes.box;
  context.imageSmoothingEnabled = false;
  context.drawImage(small, left, top, width, height);
  context.strokeStyle = ink.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  const x = xOf(axes, mark.x);
  if (x >= left && x <= left + width) {
    context.moveTo(x, top);
    context.lineTo(x, top + height);
  }
  if (mark.y !== null) {
    const y = yOf(axes, mark.y);
    if (y >= top && y <= top + height) {
      context.moveTo(left, y);
      context.lineTo(left + width, y);
    }
  }
  context.stroke();
  frame(context, axes, ink, names);
}
