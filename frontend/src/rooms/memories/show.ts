/** The show: one digit, harmed in the same way, iterated by the memory of every rule in step. */
import { computed, signal } from "@preact/signals";
import { memoriesView, RULE_NAMES } from "./link";
import { chosen } from "./network/digits";
import { correlation, own } from "./network/likeness";
import { begin, iterated, type Memory, type Rule, seen } from "./network/memory";
import { masked, noisy } from "./network/tasks";
import { encode, SITES, siteOf, WIDTH } from "./network/tokens";
import { digits, held, meanDigit } from "./storing";

/** Steps of one showing. */
export const LAST = 100;
/** Steps in a second. */
export const RATE = 12;
/** Steps for which the end is shown before it begins again. */
const REST = 30;

export interface Moment {
  /** Correlation with the original. */
  readonly original: number;
  /** Correlation with the mean digit. */
  readonly mean: number;
  /** What is kept of this digit: the cosine once the mean digit is taken away. */
  readonly own: number;
}

export interface Orbit {
  readonly state: Float64Array;
  readonly image: Float64Array;
  readonly moments: readonly Moment[];
}

export const t = signal(0);
export const playing = signal(true);
export const orbits = signal<ReadonlyMap<Rule, Orbit>>(new Map());
/** Whether the digit was drawn on since it began. */
export const drawnOn = signal(false);
let rested = 0;

export const mean = computed(() => (digits.value ? meanDigit(digits.value) : null));

/** Places of the stored digits; the first three span the plane. */
const places = computed<readonly number[]>(() => {
  const { stored: count, seed } = memoriesView.value;
  return digits.value ? chosen(digits.value.labels, seed, count) : [];
});

/** Images of the stored digits, in order. */
export const stored = computed<readonly Float64Array[]>(() =>
  places.value.map((n) => digits.value?.images[n] as Float64Array),
);

/** Which digits these are. */
export const names = computed<readonly number[]>(() =>
  places.value.map((n) => digits.value?.labels[n] as number),
);

/** The digit on show, whole. */
export const original = computed(() => {
  const { digit, stored: count } = memoriesView.value;
  return stored.value[digit % count] ?? null;
});

/** Which tokens of it are seen at the start. */
export const visible = computed(() => {
  const { harm, seed, digit } = memoriesView.value;
  return harm === "mask" ? masked(0.3, seed, 16 + (digit % 40)) : undefined;
});

/** The digit as it is handed in, before masking. */
const handedIn = computed(() => {
  const { harm, seed, digit } = memoriesView.value;
  return original.value && harm === "noise"
    ? noisy(original.value, 0.7, seed, 16 + (digit % 40))
    : original.value;
});

function memoryOf(rule: Rule): Memory | null {
  return held.peek().get(rule)?.memory ?? null;
}

function momentOf(image: Float64Array): Moment {
  const [true_, middle] = [original.peek(), mean.peek()];
  if (!true_ || !middle) return { original: 0, mean: 0, own: 0 };
  return {
    original: correlation(image, true_),
    mean: correlation(image, middle),
    own: own(image, true_, middle),
  };
}

/** Everything from the beginning, for every memory that is there. */
export function restart(): void {
  t.value = 0;
  rested = 0;
  drawnOn.value = false;
  orbits.value = new Map();
  join();
}

/** Memories that have come since take part: they run to the present moment at once. */
export function join(): void {
  const image = handedIn.peek();
  if (!image) return;
  const now = new Map(orbits.peek());
  for (const rule of RULE_NAMES) {
    const memory = memoryOf(rule);
    if (!memory || now.has(rule)) continue;
    const state = begin(memory, image, visible.peek());
    let orbit: Orbit = { state, image: seen(memory, state), moments: [] };
    orbit = { ...orbit, moments: [momentOf(orbit.image)] };
    for (let step = 0; step < t.peek(); step++) orbit = stepped(memory, orbit, step);
    now.set(rule, orbit);
  }
  orbits.value = now;
}

function stepped(memory: Memory, orbit: Orbit, at: number): Orbit {
  const hidden = at === 0 && !drawnOn.peek() ? visible.peek() : undefined;
  const state = iterated(memory, orbit.state, hidden);
  const image = seen(memory, state);
  return { state, image, moments: [...orbit.moments, momentOf(image)] };
}

/** One step of all; past the last one, nothing. */
export function step(): void {
  if (t.peek() >= LAST) return;
  const now = new Map(orbits.peek());
  for (const [rule, orbit] of now) {
    const memory = memoryOf(rule);
    if (memory) now.set(rule, stepped(memory, orbit, t.peek()));
  }
  orbits.value = now;
  t.value += 1;
}

/** What the clock does: a step, or a rest at the end and then the next stored digit. */
export function tick(): void {
  if (!playing.peek() || orbits.peek().size === 0) return;
  if (t.peek() < LAST) {
    step();
    return;
  }
  rested += 1;
  if (rested < REST) return;
  if (drawnOn.peek()) restart();
  else next(1);
}

/** Another stored digit. */
export function next(by: number): void {
  const { digit, stored: count } = memoriesView.peek();
  memoriesView.change({ digit: (digit + by + count) % count }, "drift");
}

/** Paints on the digit, in every memory: grey values of some pixels are replaced, and their tokens made anew. */
export function paint(pixels: ReadonlyMap<number, number>): void {
  drawnOn.value = true;
  const now = new Map(orbits.peek());
  for (const [rule, orbit] of now) {
    const memory = memoryOf(rule);
    if (!memory) continue;
    const image = orbit.image.slice();
    for (const [pixel, grey] of pixels) image[pixel] = grey;
    const fresh = memory.radii ? begin(memory, image) : encode(image, memory.f);
    const state = orbit.state.slice();
    const touched = new Set([...pixels.keys()].map(siteOf));
    for (const site of touched) state.set(fresh.subarray(site * WIDTH, (site + 1) * WIDTH), site * WIDTH);
    if (!memory.radii) rescale(state, touched);
    now.set(rule, { ...orbit, state, image: seen(memory, state) });
  }
  orbits.value = now;
}

/** Tokens drawn by hand are brought to the mean length of the others, as one token is as long as another in a digit. */
function rescale(state: Float64Array, touched: ReadonlySet<number>): void {
  const lengths = Array.from({ length: SITES }, (_, site) =>
    Math.hypot(...state.subarray(site * WIDTH, (site + 1) * WIDTH)),
  );
  const others = lengths.filter((_, site) => !touched.has(site));
  const goal = others.length > 0 ? others.reduce((sum, one) => sum + one, 0) / others.length : 1;
  for (const site of touched)
    for (let n = site * WIDTH; n < (site + 1) * WIDTH; n++)
      (state[n] as number) *= goal / Math.max(lengths[site] as number, 1e-12);
}
