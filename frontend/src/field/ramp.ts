/**
 * A scale from little to much, for numbers that are no similarity: from near-black through violet and orange to a pale
 * yellow. Its lightness rises all the way, so it reads in grey and with any kind of colour vision.
 */

import type { Triple } from "./slice";

const STOPS: readonly Triple<number>[] = [
  [0x12, 0x13, 0x1b],
  [0x33, 0x1d, 0x5c],
  [0x74, 0x2a, 0x72],
  [0xb9, 0x40, 0x63],
  [0xec, 0x75, 0x4b],
  [0xfb, 0xb8, 0x60],
  [0xfc, 0xf3, 0xc4],
];

/** The colour of a share 0…1, each channel 0…255; outside it, the nearer end. */
export function ramp(share: number): Triple<number> {
  const place = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const below = Math.min(STOPS.length - 2, Math.floor(place));
  const [from, to] = [STOPS[below] as Triple<number>, STOPS[below + 1] as Triple<number>];
  const mix = (k: 0 | 1 | 2): number => Math.floor(from[k] + (to[k] - from[k]) * (place - below) + 0.5);
  return [mix(0), mix(1), mix(2)];
}

/** The same as CSS. */
export function rampColour(share: number): string {
  return `rgb(${ramp(share).join(" ")})`;
}

/** The whole scale as a CSS gradient from left to right. */
export const RAMP_GRADIENT = `linear-gradient(to right, ${STOPS.map((stop) => `rgb(${stop.join(" ")})`).join(", ")})`;

/** Whether dark ink is read better on the colour of a share than light ink. */
export function wantsDarkInk(share: number): boolean {
  return lightness(ramp(share)) > 0.18;
}

/** Relative luminance (WCAG 2), 0…1. */
export function lightness(colour: Triple<number>): number {
  const linear = (value: number): number => {
    const v = value / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** Values [ny, nx] as RGBA pixels; `most` takes the end of the scale, and the top row is the highest β. */
export function paintRamp(
  values: Float32Array,
  nx: number,
  ny: number,
  most: number,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * nx * ny).fill(255);
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const share = most > 0 ? (values[j * nx + i] as number) / most : 0;
      rgba.set(ramp(share), 4 * ((ny - 1 - j) * nx + i));
    }
  }
  return rgba;
}
