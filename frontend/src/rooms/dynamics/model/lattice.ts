/**
 * The values of an axis at which a diagram is computed: whole multiples of a power of two, so that a finer diagram, or
 * one of a part, contains those that are there already, to the bit.
 */

/** Values within a window: at most so many, and more than half as many, as long as doubles can tell them apart. */
export function lattice(from: number, to: number, most: number): Float64Array {
  const level = Math.ceil(Math.log2((to - from) / (most - 1)));
  const step = 2 ** Math.max(level, finest(to));
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Float64Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** Exponent of the smallest step that doubles of this size have. */
const finest = (size: number): number => Math.floor(Math.log2(Math.max(Math.abs(size), 1e-300))) - 52;

/** Whether a window is at the limit of double precision: neighbouring numbers are shown one by one. */
export const atLimit = (from: number, to: number, most: number): boolean =>
  Math.ceil(Math.log2((to - from) / (most - 1))) <= finest(to);

/** Indices 0 … n − 1, coarse first: every 2^k-th, then those between, and so on. */
export function coarseFirst(count: number): Int32Array {
  const order = new Int32Array(count);
  let step = 1;
  while (step < count) step *= 2;
  let at = 0;
  if (count > 0) order[at++] = 0;
  for (; step >= 1; step /= 2) for (let i = step; i < count; i += 2 * step) order[at++] = i;
  return order;
}
