/**
 * One-hue ramps for layers over the picture: from a thin mist, through which the field's colours are seen, to a full ink.
 *
 * On light grounds the ink is a deep violet, on dark ones a pale amber: lightness alone tells low from high, so every eye
 * and a grey print can read them, and neither is a colour of the field.
 */

export type Rgba = readonly [r: number, g: number, b: number, a: number];

interface Ends {
  readonly mist: Rgba;
  readonly ink: Rgba;
}

const LIGHT: Ends = { mist: [255, 255, 255, 0.5], ink: [62, 12, 84, 0.96] };
const DARK: Ends = { mist: [12, 13, 17, 0.55], ink: [255, 214, 110, 0.96] };

/** The colour at `share` of the way from low (0) to high (1); what is not a number is low. */
export function ramp(share: number, dark: boolean): Rgba {
  const { mist, ink } = dark ? DARK : LIGHT;
  const t = share > 0 ? Math.min(1, share) : 0;
  const mixed = mist.map((from, n) => from + ((ink[n] as number) - from) * t);
  return [mixed[0] as number, mixed[1] as number, mixed[2] as number, mixed[3] as number];
}

/** Eight colours from low to high, as CSS, for a key. */
export function rampColours(dark: boolean): string[] {
  return Array.from({ length: 8 }, (_, n) => css(ramp(n / 7, dark)));
}

export function css([r, g, b, a]: Rgba): string {
  return `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)} / ${Number(a.toFixed(3))})`;
}

/** Puts a colour at a pixel of an RGBA grid. */
export function put(pixels: Uint8ClampedArray, pixel: number, [r, g, b, a]: Rgba): void {
  pixels[4 * pixel] = r;
  pixels[4 * pixel + 1] = g;
  pixels[4 * pixel + 2] = b;
  pixels[4 * pixel + 3] = 255 * a;
}
