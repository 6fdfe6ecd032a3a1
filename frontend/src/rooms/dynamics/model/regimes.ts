/**
 * What kind of motion an orbit has settled into; the rules of `stable_regions.maths.mean_field.regimes`.
 *
 * In this order: a whole state that comes back is periodic; one that comes back ever more closely is becoming so; of the
 * rest the exponents of the last half of the blocks decide, and chaos that has ended is called transient.
 */

export type Regime =
  | "undecided"
  | "periodic"
  | "quasi-periodic"
  | "doubly quasi-periodic"
  | "chaos"
  | "hyperchaos"
  | "transient chaos";

export interface Settled {
  readonly regime: Regime;
  /** Tokens; 0 where there is none. */
  readonly period: number;
}

export interface Exponents {
  readonly mean: readonly number[];
  /** Standard errors; infinite where there are too few blocks. */
  readonly error: readonly number[];
}

/** The longest period looked for. */
const LONGEST = 1024;
/** States closer than this are one state. */
const SAME = 1e-8;
/** An exponent is 0 within this, or within three standard errors. */
const ZERO = 1e-3;
const SECOND_ZERO = 2e-4;
/** What cannot be told from 0 better than this decides nothing. */
const VAGUE = 5e-3;
/** A block above this stretched. */
const GREW = 5e-3;
export const BLOCKS = 10;

/** Exponents of the last half of the blocks: `blocks[block][exponent]`. */
export function exponents(blocks: readonly Float64Array[]): Exponents {
  const late = blocks.slice(Math.floor(blocks.length / 2));
  const count = blocks[0]?.length ?? 0;
  const mean: number[] = [];
  const error: number[] = [];
  for (let k = 0; k < count; k++) {
    const values = late.map((block) => block[k] as number);
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
    mean.push(middle);
    const single = Math.sqrt(squares / (values.length - 1) / values.length);
    error.push(Number.isFinite(single) ? single : Number.POSITIVE_INFINITY);
  }
  return { mean, error };
}

/** Whether rows from `first` to the end equal those `lag` before them; rows of `width` numbers. */
function comesBack(tail: Float64Array, width: number, lag: number, rows: number): boolean {
  const shift = lag * width;
  for (let i = tail.length - 1; i >= tail.length - rows * width; i--)
    if (!(Math.abs((tail[i] as number) - (tail[i - shift] as number)) <= SAME)) return false;
  return true;
}

/** Shortest lag at which the last L attention vectors come back, and keep coming for two periods; 0 for none. */
export function period(tail: Float64Array, features: number, context: number, clocked: boolean): number {
  const steps = tail.length / features;
  const unit = clocked ? context : 1;
  for (let lag = unit; lag <= Math.min(LONGEST, Math.floor(steps / 3)); lag += unit) {
    const held = Math.max(2 * lag, context);
    if (held + lag > steps) break;
    if (comesBack(tail, features, lag, held)) return lag;
  }
  return 0;
}

/** Shortest lag, up to 16 contexts, at which the state comes back ever more closely, at a steady rate; 0 for none. */
export function approaching(tail: Float64Array, features: number, context: number, clocked: boolean): number {
  const pieces = 6;
  const steps = tail.length / features;
  const unit = clocked ? context : 1;
  for (let lag = unit; lag <= Math.min(16 * context, Math.floor(steps / 4)); lag += unit) {
    const long = Math.floor((steps - lag) / pieces);
    if (long < 1) break;
    const first = steps - pieces * long;
    const logs: number[] = [];
    for (let piece = 0; piece < pieces; piece++) {
      let apart = 0;
      const from = (first + piece * long) * features;
      for (let i = from; i < from + long * features; i++)
        apart = Math.max(apart, Math.abs((tail[i] as number) - (tail[i - lag * features] as number)));
      logs.push(Math.log(apart));
    }
    const rates = logs.slice(1).map((value, i) => value - (logs[i] as number));
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    if (mean < -5e-3 && rates.every((rate) => Math.abs(rate - mean) < -0.5 * mean)) return lag;
  }
  return 0;
}

/** Regime and period from the end of an orbit (rows of attention) and the exponents of its blocks. */
export function settle(
  tail: Float64Array,
  features: number,
  context: number,
  clocked: boolean,
  blocks: readonly Float64Array[],
): Settled {
  const cycle = period(tail, features, context, clocked);
  const found = cycle || approaching(tail, features, context, clocked);
  const { mean, error } = exponents(blocks);
  const [first, second] = mean;
  if (first === undefined) return { regime: found ? "periodic" : "undecided", period: found };
  const zero = Math.max(ZERO, 3 * (error[0] as number));
  const grows = first > zero;
  const still = Math.abs(first) <= zero && zero <= VAGUE;
  const early = blocks.slice(0, blocks.length - Math.max(Math.floor(blocks.length / 4), 1));
  const grew = Math.max(...early.map((block) => block[0] as number), Number.NEGATIVE_INFINITY) > GREW;
  const last = blocks.at(-1)?.[0] ?? 0;
  if (grew && last < ZERO && (cycle > 0 || first < -zero))
    return { regime: "transient chaos", period: found };
  if (found) return { regime: "periodic", period: found };
  const secondZero = Math.max(SECOND_ZERO, 3 * (error[1] ?? 0));
  if (grows)
    return { regime: second !== undefined && second > secondZero ? "hyperchaos" : "chaos", period: 0 };
  if (still) {
    const two = second !== undefined && Math.abs(second) <= secondZero && secondZero <= VAGUE;
    return { regime: two ? "doubly quasi-periodic" : "quasi-periodic", period: 0 };
  }
  return { regime: "undecided", period: 0 };
}
