/**
 * Bare self-attention of 16 tokens: fields u_ij = J_ij x_j, attention α over s_ij = x_i · u_ij, and what it writes,
 * Σ_j α_{i←j} u_ij, which is minus the slope of token i's own energy (`maths/attractor/network.py`).
 */

import { SITES, SIZE, WIDTH } from "./tokens";

/** J [site, site, WIDTH, WIDTH], row by row. */
export type Couplings = Float64Array;

export const COUPLINGS = SITES * SITES * WIDTH * WIDTH;

/** Fields, scores and attention of one state, in memory that is used again and again. */
export class Pass {
  /** u [site, site, WIDTH] */
  readonly fields = new Float64Array(SITES * SITES * WIDTH);
  /** α [site, site], 0 on the diagonal. */
  readonly attention = new Float64Array(SITES * SITES);

  /** Fill `fields` and `attention`; with `visible`, only those tokens are looked at. */
  look(couplings: Couplings, x: ArrayLike<number>, sharpness: number, visible?: readonly boolean[]): void {
    const { fields, attention } = this;
    for (let i = 0; i < SITES; i++) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < SITES; j++) {
        if (i === j || visible?.[j] === false) continue;
        const pair = i * SITES + j;
        let score = 0;
        for (let a = 0; a < WIDTH; a++) {
          let sum = 0;
          const row = (pair * WIDTH + a) * WIDTH;
          for (let c = 0; c < WIDTH; c++)
            sum += (couplings[row + c] as number) * (x[j * WIDTH + c] as number);
          fields[pair * WIDTH + a] = sum;
          score += sum * (x[i * WIDTH + a] as number);
        }
        attention[pair] = sharpness * score;
        largest = Math.max(largest, sharpness * score);
      }
      this.softmax(i, largest, visible);
    }
  }

  /** Add η Σ_j α_{i←j} u_ij to every token of the state. */
  write(state: Float64Array, step: number): void {
    for (let i = 0; i < SITES; i++) {
      for (let j = 0; j < SITES; j++) {
        const pair = i * SITES + j;
        const weight = step * (this.attention[pair] as number);
        if (weight === 0) continue;
        for (let a = 0; a < WIDTH; a++)
          (state[i * WIDTH + a] as number) += weight * (this.fields[pair * WIDTH + a] as number);
      }
    }
  }

  private softmax(i: number, largest: number, visible?: readonly boolean[]): void {
    let total = 0;
    for (let j = 0; j < SITES; j++) {
      const pair = i * SITES + j;
      const seen = i !== j && visible?.[j] !== false;
      this.attention[pair] = seen ? Math.exp((this.attention[pair] as number) - largest) : 0;
      total += this.attention[pair] as number;
    }
    for (let j = 0; j < SITES; j++) (this.attention[i * SITES + j] as number) /= total;
  }
}

/** Every feature less its mean over the (visible) tokens, over its standard deviation; the others are 0. */
export function zScored(x: ArrayLike<number>, visible?: readonly boolean[]): Float64Array {
  const made = new Float64Array(SIZE);
  const seen = Array.from({ length: SITES }, (_, site) => site).filter((site) => visible?.[site] !== false);
  for (let k = 0; k < WIDTH; k++) {
    let mean = 0;
    for (const site of seen) mean += (x[site * WIDTH + k] as number) / seen.length;
    let square = 0;
    for (const site of seen) square += ((x[site * WIDTH + k] as number) - mean) ** 2;
    const spread = Math.sqrt(square / (seen.length - 1)) + 1e-9;
    for (const site of seen) made[site * WIDTH + k] = ((x[site * WIDTH + k] as number) - mean) / spread;
  }
  return made;
}
