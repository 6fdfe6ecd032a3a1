/** Colours from early to late in training: from the warm colour to the accent, both legible in every theme. */
import type { Ink } from "./look";

/** The colour at a place from 0 (earliest) to 1 (latest). */
export function ramp(ink: Ink, place: number): string {
  const [from, to] = [channels(ink.warm), channels(ink.accent)];
  const mixed = from.map((value, n) => Math.round(value + ((to[n] ?? 0) - value) * place));
  return `rgb(${mixed.join()})`;
}

/** Red, green and blue of `#rrggbb`. */
function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) || 0);
}
