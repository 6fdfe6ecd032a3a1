/**
 * The mean-field recursion of one orbit. The same as `stable_regions.maths.mean_field.recursion`, one lane at a time.
 *
 * The token at time t is made from the attention of t − 1; the attention of t looks, with that token's query, at the keys
 * and values of the last L tokens. Values and keys lie in rings with one slot for each position.
 *
 * Source: Poc-López & Aguilera 2024 (arXiv 2406.07247), Eqs. 13–15.
 */

import { exp, LARGEST, tanh } from "./exponential";
import type { Projection } from "./network";
import { three } from "./three";

export interface Parameters {
  readonly beta: number;
  readonly gamma: number;
  readonly epsilon: number;
}

/** Where an orbit stands: rings [slot][feature], the position of the next token, and how many slots hold a token. */
export interface Context {
  readonly attention: Float64Array;
  readonly values: Float64Array;
  readonly keys: Float64Array;
  readonly position: number;
  readonly filled: number;
}

/** Scores up to this are exponentiated as they are; larger ones relative to the largest. */
const SAFE = 300;

export class Orbit {
  attention: Float64Array;
  readonly values: Float64Array;
  readonly keys: Float64Array;
  position: number;
  filled: number;
  /** Means of the newest token's units, by column. */
  readonly means: Float64Array;
  /** Query overlaps of the newest token, times γ/√M. */
  readonly query: Float64Array;
  /** What the newest token attends to each slot with; they sum to 1. */
  readonly weights: Float64Array;
  readonly scale: number;
  private readonly relative: boolean;

  constructor(
    readonly net: Projection,
    readonly at: Parameters,
    start: Context,
    /** What becomes of the columns' expected means, in place: nothing with endless units, a draw with finitely many. */
    private readonly draw?: (means: Float64Array) => void,
  ) {
    this.attention = start.attention.slice();
    this.values = start.values.slice();
    this.keys = start.keys.slice();
    this.position = start.position;
    this.filled = start.filled;
    this.means = new Float64Array(net.columns);
    this.query = new Float64Array(net.features);
    this.weights = new Float64Array(net.context);
    this.scale = at.gamma / Math.sqrt(net.features);
    this.relative = this.scale * net.features > SAFE;
  }

  context(): Context {
    const { position, filled } = this;
    return {
      attention: this.attention.slice(),
      values: this.values.slice(),
      keys: this.keys.slice(),
      position,
      filled,
    };
  }

  /** Semantic part of an overlap of the newest token with one feature's output weights, without its factor 1 − ε. */
  output(feature: number): number {
    const { columns, semantic } = this.net;
    let sum = 0;
    for (let s = 0; s < columns; s++)
      sum += (semantic[0][feature * columns + s] as number) * (this.means[s] as number);
    return sum;
  }

  /** One token, and the attention that it pays. */
  step(): void {
    const { net, means, attention } = this;
    const { features, columns, field } = net;
    for (let s = 0; s < columns; s++) {
      let sum = 0;
      for (let b = 0; b < features; b++)
        sum += (field[s * features + b] as number) * (attention[b] as number);
      means[s] = tanh(this.at.beta * sum);
    }
    this.draw?.(means);
    this.emit();
    this.attend();
    this.position = (this.position + 1) % net.context;
  }

  /** Value, query and key overlaps of the newest token, from its means and its position. */
  private emit(): void {
    const { features, columns, semantic, clock } = this.net;
    const { epsilon } = this.at;
    const [, value, query, key] = semantic;
    for (let a = 0; a < features; a++) {
      let v = 0;
      let q = 0;
      let k = 0;
      for (let s = 0; s < columns; s++) {
        const mean = this.means[s] as number;
        v += (value[a * columns + s] as number) * mean;
        q += (query[a * columns + s] as number) * mean;
        k += (key[a * columns + s] as number) * mean;
      }
      const here = this.position * features + a;
      this.values[here] = (1 - epsilon) * v + epsilon * (clock[1][here] as number);
      this.query[a] = this.scale * ((1 - epsilon) * q + epsilon * (clock[2][here] as number));
      this.keys[here] = (1 - epsilon) * k + epsilon * (clock[3][here] as number);
    }
  }

  private attend(): void {
    const { net, keys, values, query, weights, attention } = this;
    const { features, context } = net;
    if (this.filled < context) this.filled++;
    let largest = this.relative ? Number.NEGATIVE_INFINITY : 0;
    for (let d = 0; d < context; d++) {
      let score = 0;
      for (let a = 0; a < features; a++) score += (query[a] as number) * (keys[d * features + a] as number);
      weights[d] = score;
      if (this.relative && this.holds(d) && score > largest) largest = score;
    }
    attention.fill(0);
    let total = 0;
    for (let d = 0; d < context; d++) {
      const weight = this.holds(d) ? exp((weights[d] as number) - largest) : 0;
      weights[d] = weight;
      total += weight;
      for (let a = 0; a < features; a++)
        attention[a] = (attention[a] as number) + weight * (values[d * features + a] as number);
    }
    for (let a = 0; a < features; a++) attention[a] = (attention[a] as number) / total;
    for (let d = 0; d < context; d++) weights[d] = (weights[d] as number) / total;
  }

  /** Whether a slot holds a token: all do once the window is full. */
  private holds(slot: number): boolean {
    const { context } = this.net;
    return this.filled === context || (this.position - slot + context) % context < this.filled;
  }

  /** So many steps on; by the fast way where there is one. */
  advance(steps: number): void {
    let left = steps;
    const { features, columns } = this.net;
    const small = !this.relative && 2 * this.at.beta * features < LARGEST;
    const quick = features === 3 && columns === 3 && small && !this.draw;
    while (left > 0 && !(quick && this.filled === this.net.context)) {
      this.step();
      left--;
    }
    if (left > 0) three(this, left);
  }
}

/** The window that holds one token at position 0, given by its units' means (by column); it stays until L others came. */
export function fromToken(net: Projection, epsilon: number, means: ArrayLike<number>): Context {
  const { features, columns, context, semantic, clock } = net;
  const values = new Float64Array(context * features);
  const keys = new Float64Array(context * features);
  for (const [ring, family] of [
    [values, 1],
    [keys, 3],
  ] as const)
    for (let a = 0; a < features; a++) {
      let sum = 0;
      for (let s = 0; s < columns; s++)
        sum += (semantic[family][a * columns + s] as number) * (means[s] as number);
      ring[a] = (1 - epsilon) * sum + epsilon * (clock[family][a] as number);
    }
  return { attention: values.slice(0, features), values, keys, position: 1 % context, filled: 1 };
}

/** The window after attention vectors, newest first; all but the newest made tokens that are still seen. */
export function fromAttention(
  net: Projection,
  at: Parameters,
  window: readonly (readonly number[])[],
  position: number,
): Context {
  const { features, context } = net;
  const empty = { values: new Float64Array(context * features), keys: new Float64Array(context * features) };
  const made = new Orbit(net, at, {
    attention: new Float64Array(features),
    ...empty,
    position: 0,
    filled: 0,
  });
  for (let age = Math.min(window.length, context) - 1; age > 0; age--) {
    made.attention = Float64Array.from(window[age] ?? []);
    made.position = (position - age + context * age) % context;
    made.step();
  }
  made.attention = Float64Array.from(window[0] ?? []);
  made.position = position % context;
  made.filled = Math.min(window.length, context) - 1;
  return made.context();
}
