/** An orbit followed long enough to say what it does: a discarded beginning, then measured steps. */

import type { Projection } from "./network";
import { type Context, fromToken, Orbit, type Parameters } from "./orbit";
import { BLOCKS, type Exponents, exponents, type Settled, settle } from "./regimes";
import { EVERY, Tangent } from "./tangent";

/** What is measured of one orbit. */
export interface Measured extends Settled, Exponents {
  /** Semantic output overlaps, without their factor 1 − ε: [step][feature]. */
  readonly output: Float32Array<ArrayBuffer>;
  /** Attention vectors: [step][feature]. */
  readonly attention: Float64Array<ArrayBuffer>;
  /** What tokens attend to by lag, 0 first: the mean over the steps; empty where no exponents were asked for. */
  readonly attends: Float64Array<ArrayBuffer>;
  readonly end: Context;
}

export interface Length {
  readonly discard: number;
  readonly steps: number;
  /** How many exponents. */
  readonly directions: number;
}

/** Whether the positions drive the network at all. */
export const clocked = (net: Projection, epsilon: number): boolean =>
  epsilon > 0 && net.clock.some((table) => table.some((value) => value !== 0));

export function measure(net: Projection, at: Parameters, start: Context, how: Length): Measured {
  const { features, context } = net;
  const orbit = new Orbit(net, at, start);
  orbit.advance(how.discard);
  const output = new Float32Array(how.steps * features);
  const attention = new Float64Array(how.steps * features);
  const count = how.directions ? Math.min(BLOCKS, Math.max(1, Math.floor(how.steps / EVERY))) : 0;
  const blocks = Array.from({ length: count }, () => new Float64Array(how.directions));
  const counted = new Float64Array(count);
  const attends = new Float64Array(how.directions ? context : 0);
  let tangent: Tangent | undefined;
  let since = 0;
  for (let t = 0; t < how.steps; t++) {
    if (how.directions) orbit.step();
    else orbit.advance(1);
    for (let a = 0; a < features; a++) {
      output[t * features + a] = orbit.output(a);
      attention[t * features + a] = orbit.attention[a] as number;
    }
    if (!how.directions) continue;
    const newest = orbit.position - 1 + context;
    for (let lag = 0; lag < context; lag++)
      attends[lag] =
        (attends[lag] as number) + (orbit.weights[(newest - lag) % context] as number) / how.steps;
    if (!tangent) {
      tangent = new Tangent(orbit, how.directions);
      continue;
    }
    tangent.step();
    since++;
    if (since === EVERY || t === how.steps - 1) {
      const block = Math.floor((t * count) / how.steps);
      tangent.orthonormalise(blocks[block] as Float64Array);
      counted[block] = (counted[block] as number) + since;
      since = 0;
    }
  }
  blocks.forEach((block, b) => {
    for (let k = 0; k < block.length; k++)
      block[k] = (block[k] as number) / Math.max(1, counted[b] as number);
  });
  return {
    ...settle(attention, features, context, clocked(net, at.epsilon), blocks),
    ...exponents(blocks),
    output,
    attention,
    attends,
    end: orbit.context(),
  };
}

/** β of the star's centre, and how long it is followed. */
export const CENTRE = 3;
const CENTRE_STEPS = 4000;

/** Where every value starts, as in the paper: the end of the orbit at β = 3 from the token of the first output weights. */
export function star(net: Projection, gamma: number, epsilon: number): Context {
  const token = Array.from({ length: net.columns }, (_, s) => net.field[s * net.features] as number);
  const orbit = new Orbit(net, { beta: CENTRE, gamma, epsilon }, fromToken(net, epsilon, token));
  orbit.advance(CENTRE_STEPS);
  return orbit.context();
}
