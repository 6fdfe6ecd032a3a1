/** Colours of labels: the three corners have their own, the mean digit is grey, the other stored digits are pale. */

export type Rgb = readonly [number, number, number];

const CORNERS: readonly Rgb[] = [
  [221, 92, 92],
  [58, 150, 86],
  [86, 116, 232],
];
export const MEAN: Rgb = [148, 148, 152];

const PALE: readonly Rgb[] = [
  [232, 190, 110],
  [186, 160, 214],
  [120, 196, 200],
  [226, 158, 182],
  [178, 196, 118],
  [204, 170, 140],
  [150, 178, 226],
];

/** Colour of a template's place; the last is the mean digit. */
export function colourOf(place: number, templates: number): Rgb {
  if (place === templates - 1) return MEAN;
  return CORNERS[place] ?? (PALE[(place - CORNERS.length) % PALE.length] as Rgb);
}

export const css = ([r, g, b]: Rgb): string => `rgb(${r} ${g} ${b})`;

/** Grey value in [0, 1] as ink: white on black, as digits are kept. */
export function greyPixels(image: ArrayLike<number>, side: number): ImageData {
  const data = new ImageData(side, side);
  for (let n = 0; n < side * side; n++) {
    const grey = Math.round(255 * Math.min(1, Math.max(0, image[n] as number)));
    data.data.set([grey, grey, grey, 255], 4 * n);
  }
  return data;
}

const offscreen = new Map<number, HTMLCanvasElement>();

/** Draws a small picture large, its pixels sharp. */
export function drawLarge(
  context: CanvasRenderingContext2D,
  pixels: ImageData,
  left: number,
  top: number,
  side: number,
): void {
  const small = offscreen.get(pixels.width) ?? document.createElement("canvas");
  offscreen.set(pixels.width, small);
  small.width = pixels.width;
  small.height = pixels.height;
  small.getContext("2d")?.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, left, top, side, side);
}
