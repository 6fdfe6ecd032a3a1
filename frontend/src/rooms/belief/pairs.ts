/** Distances of pairs: where decoded beliefs are near, are true beliefs near, or only the next tokens? */

/** Rows that are compared at most: a million pairs. */
const MOST = 1400;

export interface Pairs {
  /** Counts, [BINS, BINS]: row is the true distance, column the decoded one. */
  readonly counts: Float64Array;
  /** Longest distances. */
  readonly across: number;
  readonly up: number;
  /** Squared correlation. */
  readonly r2: number;
}

export const BINS = 25;

/** Compares the distances of pairs in two spaces, both [rows, own width]; every history alike. */
export function pairsOf(one: ArrayLike<number>, other: ArrayLike<number>, rows: number): Pairs {
  const step = Math.max(1, Math.ceil(rows / MOST));
  const picked = Array.from({ length: Math.ceil(rows / step) }, (_, n) => n * step);
  const [wide, high] = [one.length / rows, other.length / rows];
  const count = (picked.length * (picked.length - 1)) / 2;
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  let n = 0;
  for (let i = 0; i < picked.length; i++)
    for (let j = 0; j < i; j++) {
      x[n] = apart(one, wide, picked[i] as number, picked[j] as number);
      y[n++] = apart(other, high, picked[i] as number, picked[j] as number);
    }
  const [across, up] = [greatest(x), greatest(y)];
  const counts = new Float64Array(BINS * BINS);
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  for (n = 0; n < count; n++) {
    const [a, b] = [x[n] as number, y[n] as number];
    const column = Math.min(BINS - 1, Math.floor((a / across) * BINS));
    const row = Math.min(BINS - 1, Math.floor((b / up) * BINS));
    counts[row * BINS + column] = (counts[row * BINS + column] as number) + 1;
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += a * b;
  }
  const covariance = sxy - (sx * sy) / count;
  const r2 = covariance ** 2 / ((sxx - sx ** 2 / count) * (syy - sy ** 2 / count));
  return { counts, across, up, r2 };
}

function apart(rows: ArrayLike<number>, width: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++)
    sum += ((rows[i * width + k] as number) - (rows[j * width + k] as number)) ** 2;
  return Math.sqrt(sum);
}

function greatest(values: Float64Array): number {
  let most = 1e-12;
  for (const value of values) if (value > most) most = value;
  return most;
}
