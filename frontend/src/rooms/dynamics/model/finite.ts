/**
 * The network with finitely many units: all units of a column see one field, so how many are +1 is one binomial draw.
 *
 * Source: Poc-López & Aguilera 2024 (arXiv 2406.07247), Eqs. 4–8; one draw a column instead of one a unit.
 */

import { binomial } from "./binomial";
import type { Projection } from "./network";
import { type Context, Orbit, type Parameters } from "./orbit";
import { Twister } from "./twister";

export interface Sampled {
  /** Semantic output overlaps, without their factor 1 − ε: [step][feature]. */
  readonly output: Float32Array<ArrayBuffer>;
  readonly attention: Float64Array<ArrayBuffer>;
  /** Departures of a step from its expectation, in standard deviations: their mean and spread, 0 and 1 by the law. */
  readonly z: { readonly mean: number; readonly deviation: number };
}

/** A run of the network with N units, N a multiple of the number of columns. */
export function sample(
  net: Projection,
  at: Parameters,
  start: Context,
  units: number,
  seed: number,
  how: { readonly discard: number; readonly steps: number },
): Sampled {
  const { features, columns, semantic } = net;
  const each = units / columns;
  const random = new Twister(seed);
  const uniform = (): number => (random.uint32() + 0.5) / 4294967296;
  const expected = new Float64Array(columns);
  const orbit = new Orbit(net, at, start, (means) => {
    expected.set(means);
    for (let s = 0; s < columns; s++)
      means[s] = (2 * binomial(each, (1 + (means[s] as number)) / 2, uniform)) / each - 1;
  });
  for (let t = 0; t < how.discard; t++) orbit.step();
  const output = new Float32Array(how.steps * features);
  const attention = new Float64Array(how.steps * features);
  let [count, sum, squares] = [0, 0, 0];
  for (let t = 0; t < how.steps; t++) {
    orbit.step();
    let variance = 0;
    for (let s = 0; s < columns; s++) variance += (1 - (expected[s] as number) ** 2) / columns / units;
    for (let a = 0; a < features; a++) {
      let mean = 0;
      for (let s = 0; s < columns; s++)
        mean += (semantic[0][a * columns + s] as number) * (expected[s] as number);
      const value = orbit.output(a);
      output[t * features + a] = value;
      attention[t * features + a] = orbit.attention[a] as number;
      if (variance <= 0) continue;
      const z = (value - mean) / Math.sqrt(variance);
      count++;
      sum += z;
      squares += z * z;
    }
  }
  const mean = count ? sum / count : 0;
  return { output, attention, z: { mean, deviation: count ? Math.sqrt(squares / count - mean * mean) : 0 } };
}
