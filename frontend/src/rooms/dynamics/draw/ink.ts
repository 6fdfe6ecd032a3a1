/** Colours of the room: Lyapunov exponents, positions, and the plot's own ground. */

import { theme, token } from "../../../shell/theme";

export type Rgb = readonly [number, number, number];

/** An exponent this large, or this negative, has the full colour. */
const FULL = 0.12;
const BLUE: Rgb = [64, 118, 255];
const RED: Rgb = [255, 74, 60];
export const UP: Rgb = [255, 170, 60];
export const DOWN: Rgb = [70, 200, 235];

/** The plot's ground: night, so that white means 0; on paper for a projector, where black means 0. */
export const ground = (): Rgb => (theme.value === "projector" ? [255, 255, 255] : [12, 13, 16]);
const middle = (): Rgb => (theme.value === "projector" ? [0, 0, 0] : [244, 244, 246]);

const mixed = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** Blue below 0, white (black on paper) at 0, red above. */
export function ofExponent(value: number | undefined): Rgb {
  if (value === undefined || Number.isNaN(value)) return middle();
  const share = Math.min(1, Math.abs(value) / FULL) ** 0.45;
  return mixed(middle(), value < 0 ? BLUE : RED, share);
}

/** Colour of a position of the context: hues all round, as light as the ground needs. */
export function ofPosition(position: number, context: number): string {
  const light = theme.value === "projector" ? 0.52 : 0.76;
  return `oklch(${light} 0.16 ${(30 + (360 * position) / context) % 360})`;
}

export const css = ([r, g, b]: Rgb): string => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;

export interface Ink {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly accent: string;
  readonly ground: Rgb;
  readonly onGround: string;
  readonly small: number;
}

/** The theme's colours and the size of small type, in pixels. */
export function inks(): Ink {
  const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return {
    ink: token("ink"),
    quiet: token("quiet"),
    line: token("line"),
    accent: token("accent"),
    ground: ground(),
    onGround: css(middle()),
    small: 0.6875 * root,
  };
}
