/** The orbit under the hair-line: measured anew, in the page, whenever β or the network changes. */

import { computed } from "@preact/signals";
import { dynamics } from "./link";
import { setting } from "./measured";
import { type Sampled, sample } from "./model/finite";
import { type Measured, measure, star } from "./model/measure";
import { project, segments } from "./model/network";
import { autocorrelation, type Peak, peaks, power } from "./model/spectrum";

const DISCARD = 2000;
export const STEPS = 4000;
/** Above this the window is so long that fewer steps keep the slider quick. */
const LONG = 8;
export const LAGS = 99;
const PEAKS = 4;

const opened = computed(() => {
  const { seed, features, context, gamma, epsilon } = setting.value;
  const net = project(segments(seed, features, context));
  return { net, start: star(net, gamma, epsilon) };
});

export const network = computed(() => opened.value.net);

/** The orbit at the present β, from the star's centre. */
export const orbit = computed<Measured>(() => {
  const { gamma, epsilon, context, features } = setting.value;
  const { net, start } = opened.value;
  const short = context > LONG;
  return measure(net, { beta: dynamics.value.beta, gamma, epsilon }, start, {
    discard: short ? 1000 : DISCARD,
    steps: short ? STEPS / 4 : STEPS,
    directions: Math.min(2, features * context),
  });
});

/** The finite network from the same start, if one is asked for: one run, always the same. */
export const finite = computed<Sampled | null>(() => {
  const { units, beta } = dynamics.value;
  if (units === 0) return null;
  const { gamma, epsilon, context } = setting.value;
  const { net, start } = opened.value;
  const short = context > LONG;
  const how = { discard: short ? 1000 : DISCARD, steps: short ? STEPS / 4 : STEPS };
  return sample(net, { beta, gamma, epsilon }, start, units, 1, how);
});

/** Position of the orbit's first step. */
export const firstPosition = computed(() => {
  const { context } = setting.value;
  const discard = context > LONG ? 1000 : DISCARD;
  return (opened.value.start.position + discard) % context;
});

/** One feature of what is shown, as a series. */
export function series(of: Pick<Measured, "output" | "attention">, feature: number): Float64Array {
  const { features, shown } = dynamics.value;
  const table = shown === "output" ? of.output : of.attention;
  return Float64Array.from(
    { length: table.length / features },
    (_, t) => table[t * features + feature - 1] as number,
  );
}

export const trace = computed(() => series(orbit.value, dynamics.value.feature));
export const spectrum = computed(() => power(trace.value));
export const named = computed<readonly Peak[]>(() => peaks(spectrum.value, setting.value.context, PEAKS));
export const correlation = computed(() => autocorrelation(trace.value, LAGS));
