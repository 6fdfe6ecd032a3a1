/**
 * exp(x) from a table: 2^(i/1024) times a short series. About three times as fast as `Math.exp`, and equal to it within
 * 1e-15 relative; the recursion spends most of its time here.
 *
 * Arguments are from [−700, 700]: smaller ones count as −700, larger ones as 700.
 */

const CELLS = 1024;
const HALF = 1024;
const fine = Float64Array.from({ length: CELLS }, (_, i) => 2 ** (i / CELLS));
const coarse = Float64Array.from({ length: 2 * HALF }, (_, i) => 2 ** (i - HALF));
const SIXTH = 1 / 6;
const TWENTY_FOURTH = 1 / 24;
/** Arguments are taken to lie within this. */
export const LARGEST = 700;
const PER = CELLS / Math.LN2;
/** ln 2 / 1024 in two parts, so that what is left of the argument is exact; the last term is what double precision drops of ln 2. */
const HIGH = Math.fround(Math.LN2 / CELLS);
const LOW = Math.LN2 / CELLS - HIGH + 2.3190468138462996e-17 / CELLS;

/** exp(x) where x is known to lie in [−700, 700]. */
export function within(x: number): number {
  const n = (x * PER) | 0;
  const r = x - n * HIGH - n * LOW;
  const series = 1 + r * (1 + r * (0.5 + r * (SIXTH + r * TWENTY_FOURTH)));
  return (coarse[(n >> 10) + HALF] as number) * (fine[n & (CELLS - 1)] as number) * series;
}

export function exp(argument: number): number {
  return within(Math.min(LARGEST, Math.max(-LARGEST, argument)));
}

/** Hyperbolic tangent, within 1e-15 of `Math.tanh`, absolute. */
export function tanh(x: number): number {
  return 1 - 2 / (1 + exp(2 * x));
}
