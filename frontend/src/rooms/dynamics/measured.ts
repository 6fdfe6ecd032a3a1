/**
 * The bifurcation diagram: which values are measured, which are there, and how fast it goes.
 *
 * Values lie on a lattice that a zoom only makes finer, so what has been measured stays. A first pass is short and shows
 * the whole picture at once; a second one, while nothing is touched, forgets a longer beginning.
 */

import { computed, signal } from "@preact/signals";
import { shows } from "./link";
import { atLimit, coarseFirst, lattice } from "./model/lattice";
import type { Length } from "./model/measure";
import type { Column, Setting } from "./work/messages";
import { dealt, run } from "./work/pool";

/** Values across a diagram, at most. */
export const VALUES = 1025;
const FIRST: Length = { discard: 1000, steps: 1000, directions: 2 };
const LONGER: Length = { discard: 10_000, steps: 2000, directions: 2 };
/** Long windows cost more: the second pass is shortened so that it stays a matter of seconds. */
const longer = (context: number): Length => (context > 8 ? { ...LONGER, discard: 4000 } : LONGER);
/** Columns kept; beyond this those outside the window are dropped. */
const KEPT = 5000;

export const setting = computed<Setting>(() => {
  const { seed, features, context, gamma, epsilon } = shows.value;
  return { seed, features, context, gamma, epsilon };
});

/** What is there: by β, from the star's centre, or going up and going down. */
interface Known {
  of: string;
  star: Map<number, Column>;
  up: Map<number, Column>;
  down: Map<number, Column>;
}

const known: Known = { of: "", star: new Map(), up: new Map(), down: new Map() };
/** Rises whenever columns come or go. */
export const changes = signal(0);

export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly pass: "first" | "longer";
  readonly running: boolean;
  /** Steps taken, and seconds from the question to the last answer. */
  readonly steps: number;
  readonly seconds: number;
}

export const progress = signal<Progress>({
  total: 0,
  done: 0,
  pass: "first",
  running: false,
  steps: 0,
  seconds: 0,
});

export const limited = computed(() => atLimit(shows.value.from, shows.value.to, VALUES));

/** Columns within the window, in the order of β. */
export function within(from: number, to: number, which: "star" | "up" | "down"): Column[] {
  const found = [...known[which].values()].filter((column) => column.beta >= from && column.beta <= to);
  return found.sort((a, b) => a.beta - b.beta);
}

/** The column nearest to a value of β. */
export function nearest(beta: number): Column | undefined {
  const { from, to, sweep } = shows.value;
  let best: Column | undefined;
  for (const column of within(from, to, sweep === "both" ? "up" : "star"))
    if (!best || Math.abs(column.beta - beta) < Math.abs(best.beta - beta)) best = column;
  return best;
}

const directions = (of: Setting): number => Math.min(2, of.features * of.context);

/** Measures what the window lacks. */
export function begin(): void {
  const { from, to, sweep } = shows.value;
  const of = setting.value;
  const name = JSON.stringify(of);
  if (known.of !== name) {
    for (const columns of [known.star, known.up, known.down]) columns.clear();
    known.of = name;
    changes.value++;
  }
  const betas = lattice(from, to, VALUES);
  if (known.star.size > KEPT)
    for (const beta of known.star.keys()) if (beta < from || beta > to) known.star.delete(beta);
  if (sweep === "both") both(of, betas);
  else passes(of, betas);
}

function passes(of: Setting, betas: Float64Array): void {
  const order = [...coarseFirst(betas.length)].map((i) => betas[i] as number);
  const first = { ...FIRST, directions: directions(of) };
  const second = { ...longer(of.context), directions: directions(of) };
  const lacking = order.filter((beta) => !known.star.has(beta));
  pass(of, lacking, first, "first", () => {
    const short = order.filter((beta) => (known.star.get(beta)?.discard ?? 0) < second.discard);
    pass(of, short, second, "longer", () => {});
  });
}

function pass(
  of: Setting,
  betas: readonly number[],
  how: Length,
  name: Progress["pass"],
  then: () => void,
): void {
  const begun = performance.now();
  let steps = 0;
  let done = 0;
  const total = betas.length;
  const tell = (running: boolean): void => {
    if (total === 0) return;
    progress.value = { total, done, pass: name, running, steps, seconds: (performance.now() - begun) / 1000 };
  };
  tell(true);
  run(of, dealt(betas), false, how, {
    columns: (columns, taken) => {
      for (const column of columns) known.star.set(column.beta, column);
      steps += taken;
      done += columns.length;
      changes.value++;
      tell(true);
    },
    done: () => {
      tell(false);
      then();
    },
  });
}

/** Each value from its neighbour's end: upwards in one worker, downwards in another. */
function both(of: Setting, betas: Float64Array): void {
  known.up.clear();
  known.down.clear();
  const begun = performance.now();
  const how = { discard: 500, steps: 1000, directions: directions(of) };
  let steps = 0;
  let done = 0;
  const tell = (running: boolean): void => {
    const seconds = (performance.now() - begun) / 1000;
    progress.value = { total: 2 * betas.length, done, pass: "first", running, steps, seconds };
  };
  tell(true);
  const downwards = betas.slice().reverse();
  run(of, [betas, downwards], true, how, {
    columns: (columns, taken, list) => {
      const into = list === downwards ? known.down : known.up;
      for (const column of columns) into.set(column.beta, column);
      steps += taken;
      done += columns.length;
      changes.value++;
      tell(true);
    },
    done: () => tell(false),
  });
}
