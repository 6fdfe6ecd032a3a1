/**
 * The weights of a self-attention network as the distinct columns that its units take, and what the recursion uses of
 * them. The same as `stable_regions.maths.mean_field.networks`; a seed names the same weights in both.
 *
 * Source: Poc-López & Aguilera 2024 (arXiv 2406.07247), Appendix C.
 */

import { Twister } from "./twister";

export const FAMILIES = ["output", "value", "query", "key"] as const;
export type Family = (typeof FAMILIES)[number];

/** Signs by family, feature and column, and by family, feature and bit; the columns have equal shares. */
export interface Network {
  readonly signs: readonly (readonly (readonly number[])[])[];
  readonly positional: readonly (readonly (readonly number[])[])[];
  readonly context: number;
}

/** Flat tables: `field` [column][feature]; the others [feature][column], shares included; `clock` [slot][feature]. */
export interface Projection {
  readonly features: number;
  readonly columns: number;
  readonly context: number;
  readonly field: Float64Array;
  readonly semantic: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  readonly clock: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
}

const AUTHORS_UNITS = 99;
export const SEGMENTS = 3;

/** Bits that count so many positions. */
export const bitsFor = (context: number): number => Math.ceil(Math.log2(context));

/** The paper's networks: three equal blocks of units, each row constant on a block. */
export function segments(seed: number, features: number, context: number, bits = bitsFor(context)): Network {
  const draws = new Twister(seed);
  draws.signs(features * AUTHORS_UNITS);
  const positional = FAMILIES.map(() =>
    Array.from({ length: features }, () => draws.signs(AUTHORS_UNITS).slice(AUTHORS_UNITS - bits)),
  );
  const signs = FAMILIES.map(() => Array.from({ length: features }, () => draws.signs(SEGMENTS)));
  return { signs, positional, context };
}

/** Whether a bit of a position is set, as a sign; bit 0 is the most significant. */
const spelt = (position: number, bit: number, bits: number): number =>
  (position >> (bits - 1 - bit)) & 1 ? 1 : -1;

/** The network as the recursion uses it. */
export function project(network: Network): Projection {
  const [output = []] = network.signs;
  const features = output.length;
  const columns = output[0]?.length ?? 0;
  const field = new Float64Array(columns * features);
  for (let s = 0; s < columns; s++)
    for (let b = 0; b < features; b++) field[s * features + b] = output[b]?.[s] ?? 0;
  const semantic = network.signs.map((rows) => Float64Array.from(rows.flat(), (sign) => sign / columns));
  const clock = network.positional.map((rows) => {
    const bits = rows[0]?.length ?? 0;
    const table = new Float64Array(network.context * features);
    for (let n = 0; n < network.context; n++)
      for (let a = 0; a < features; a++) {
        const sum = (rows[a] ?? []).reduce((total, sign, bit) => total + sign * spelt(n, bit, bits), 0);
        table[n * features + a] = bits ? sum / bits : 0;
      }
    return table;
  });
  return {
    features,
    columns,
    context: network.context,
    field,
    semantic: semantic as unknown as Projection["semantic"],
    clock: clock as unknown as Projection["clock"],
  };
}
