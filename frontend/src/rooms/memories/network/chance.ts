/**
 * Numbers drawn at random, the same as the server's (`maths/attractor/chance.py`): mulberry32, whose state is a counter.
 */

const STEP = 0x6d2b79f5;
const MIX = 0x9e3779b1;

/** Numbers in [0, 1), 32 bits each; every stream of a seed has its own. */
export function uniform(seed: number, stream: number, count: number): Float64Array {
  let state = Math.imul(seed * 64 + stream + 1, MIX);
  return Float64Array.from({ length: count }, () => {
    state = (state + STEP) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  });
}

/** Standard normal numbers, by Box and Muller's transform of pairs. */
export function normal(seed: number, stream: number, count: number): Float64Array {
  const pairs = uniform(seed, stream, 2 * count);
  return Float64Array.from({ length: count }, (_, n) => {
    const radius = Math.sqrt(-2 * Math.log(1 - (pairs[2 * n] as number)));
    return radius * Math.cos(2 * Math.PI * (pairs[2 * n + 1] as number));
  });
}

/** A permutation of 0 … count − 1: the places of uniform numbers, sorted. */
export function order(seed: number, stream: number, count: number): number[] {
  const drawn = uniform(seed, stream, count);
  return Array.from(drawn.keys()).sort((a, b) => (drawn[a] as number) - (drawn[b] as number) || a - b);
}
