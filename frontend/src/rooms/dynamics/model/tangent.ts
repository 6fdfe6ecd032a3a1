/**
 * Directions carried along an orbit with the exact derivative of a step, and how much they grow: Lyapunov exponents in
 * natural logarithms for each token. The same as `stable_regions.maths.mean_field.tangent`.
 */

import type { Orbit } from "./orbit";

/** Steps between two orthonormalisations. */
export const EVERY = 4;

export class Tangent {
  private readonly moved: Float64Array[] = [];
  private readonly values: Float64Array[] = [];
  private readonly keys: Float64Array[] = [];
  private newest: number;
  private readonly means: Float64Array;
  private readonly query: Float64Array;
  private readonly scaled: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  private readonly slope: Float64Array;

  /** K directions: displacements of the newest attention's features, then of older attentions'. */
  constructor(
    private readonly orbit: Orbit,
    directions: number,
  ) {
    const { features, columns, context, semantic, field } = orbit.net;
    this.newest = (orbit.position - 1 + context) % context;
    this.means = new Float64Array(columns);
    this.slope = new Float64Array(columns);
    this.query = new Float64Array(features);
    const weight = 1 - orbit.at.epsilon;
    this.scaled = semantic.map((table, family) =>
      table.map((value) => value * weight * (family === 2 ? orbit.scale : 1)),
    ) as unknown as Tangent["scaled"];
    for (let k = 0; k < directions; k++) {
      const age = Math.floor(k / features);
      const feature = k % features;
      const slot = (this.newest - age + context) % context;
      const rings = [0, 1, 2].map(() => new Float64Array(context * features));
      const [moved, values, keys] = rings as [Float64Array, Float64Array, Float64Array];
      moved[slot * features + feature] = 1;
      if (age)
        for (let a = 0; a < features; a++)
          for (let s = 0; s < columns; s++) {
            const towards = field[s * features + feature] as number;
            const here = slot * features + a;
            values[here] = (values[here] as number) + (semantic[1][a * columns + s] as number) * towards;
            keys[here] = (keys[here] as number) + (semantic[3][a * columns + s] as number) * towards;
          }
      this.moved.push(moved);
      this.values.push(values);
      this.keys.push(keys);
    }
  }

  /** Carry the directions through the step that the orbit has just made with `step`. */
  step(): void {
    const { orbit, slope } = this;
    const { columns, context } = orbit.net;
    const slot = (orbit.position - 1 + context) % context;
    for (let s = 0; s < columns; s++) slope[s] = orbit.at.beta * (1 - (orbit.means[s] as number) ** 2);
    for (let k = 0; k < this.moved.length; k++) this.carry(k, slot);
    this.newest = slot;
  }

  private carry(k: number, slot: number): void {
    const { orbit, means, query, slope } = this;
    const { features, columns, context, field } = orbit.net;
    const [, value, sharp, key] = this.scaled;
    const moved = this.moved[k] as Float64Array;
    const values = this.values[k] as Float64Array;
    const keys = this.keys[k] as Float64Array;
    const from = this.newest * features;
    const here = slot * features;
    for (let s = 0; s < columns; s++) {
      let sum = 0;
      for (let b = 0; b < features; b++)
        sum += (field[s * features + b] as number) * (moved[from + b] as number);
      means[s] = sum * (slope[s] as number);
    }
    for (let a = 0; a < features; a++) {
      let v = 0;
      let q = 0;
      let y = 0;
      for (let s = 0; s < columns; s++) {
        const mean = means[s] as number;
        v += (value[a * columns + s] as number) * mean;
        q += (sharp[a * columns + s] as number) * mean;
        y += (key[a * columns + s] as number) * mean;
      }
      values[here + a] = v;
      query[a] = q;
      keys[here + a] = y;
    }
    for (let a = 0; a < features; a++) moved[here + a] = 0;
    for (let d = 0; d < context; d++) {
      const weight = orbit.weights[d] as number;
      const at = d * features;
      let score = 0;
      for (let b = 0; b < features; b++)
        score +=
          (orbit.query[b] as number) * (keys[at + b] as number) +
          (query[b] as number) * (orbit.keys[at + b] as number);
      for (let a = 0; a < features; a++) {
        const away = (orbit.values[at + a] as number) - (orbit.attention[a] as number);
        moved[here + a] = (moved[here + a] as number) + weight * ((values[at + a] as number) + score * away);
      }
    }
  }

  /** Make the directions orthonormal; adds the logarithms of the lengths that they had to `logs`. */
  orthonormalise(logs: Float64Array): void {
    for (let k = 0; k < this.moved.length; k++) {
      const moved = this.moved[k] as Float64Array;
      const length = Math.sqrt(dot(moved, moved));
      logs[k] = (logs[k] as number) + Math.log(length);
      const by = length > 0 ? 1 / length : 1;
      for (const ring of [moved, this.values[k], this.keys[k]] as Float64Array[])
        for (let i = 0; i < ring.length; i++) ring[i] = (ring[i] as number) * by;
      for (let later = k + 1; later < this.moved.length; later++) {
        const share = dot(moved, this.moved[later] as Float64Array);
        for (const rings of [this.moved, this.values, this.keys]) {
          const [of, from] = [rings[later] as Float64Array, rings[k] as Float64Array];
          for (let i = 0; i < of.length; i++) of[i] = (of[i] as number) - share * (from[i] as number);
        }
      }
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
