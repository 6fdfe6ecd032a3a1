/** A network that holds digits, and its iteration (`maths/attractor/memory.py`, which explains the two spaces). */

import { type Couplings, Pass, zScored } from "./network";
import { fixedPoint, normalised, type Tell } from "./rules";
import { decode, type Embedding, embedding, encode, SITES, SIZE, WIDTH } from "./tokens";

export type Rule = "paper" | "centred" | "normalised";

/** What a rule is run with: λ while storing and in the iteration, R, η. */
export interface Setting {
  readonly sharpnessTrain: number;
  readonly sharpness: number;
  readonly rowNorm: number;
  readonly step: number;
}

/** As the server's defaults for `digits`. */
export const SETTINGS: Readonly<Record<Rule, Setting>> = {
  paper: { sharpnessTrain: 0.2, sharpness: 1, rowNorm: 0.14, step: 0.5 },
  centred: { sharpnessTrain: 0.2, sharpness: 1, rowNorm: 8, step: 0.5 },
  normalised: { sharpnessTrain: 1, sharpness: 1, rowNorm: 1, step: 0.5 },
};

export interface Memory {
  readonly rule: Rule;
  readonly f: Embedding;
  readonly couplings: Couplings;
  readonly sharpness: number;
  readonly step: number;
  /** Mean token of every site; absent under the paper's rule. */
  readonly centre?: Float64Array;
  /** Length of every site's token; absent under the paper's rule. */
  readonly radii?: Float64Array;
}

/** The first two powers of the training images' tokens, which the centred rules subtract and keep to. */
export function population(
  images: readonly ArrayLike<number>[],
  f: Embedding,
): { centre: Float64Array; radii: Float64Array } {
  const tokens = images.map((image) => encode(image, f));
  const centre = new Float64Array(SIZE);
  for (const x of tokens)
    for (let n = 0; n < SIZE; n++) (centre[n] as number) += (x[n] as number) / tokens.length;
  const radii = new Float64Array(SITES);
  for (const x of tokens)
    for (let site = 0; site < SITES; site++) {
      let square = 0;
      for (let n = site * WIDTH; n < (site + 1) * WIDTH; n++)
        square += ((x[n] as number) - (centre[n] as number)) ** 2;
      (radii[site] as number) += Math.sqrt(square) / tokens.length;
    }
  return { centre, radii };
}

/** A memory of the stored images; `everybody` are the training images, of which centre and radii are taken. */
export function store(
  rule: Rule,
  stored: readonly ArrayLike<number>[],
  everybody: readonly ArrayLike<number>[],
  seed: number,
  setting: Setting = SETTINGS[rule],
  tell: Tell = () => undefined,
): Memory {
  const f = embedding(seed);
  const shared = { rule, f, sharpness: setting.sharpness, step: setting.step };
  const x = stored.map((image) => encode(image, f));
  if (rule === "paper") {
    const scored = x.map((state) => zScored(state));
    return { ...shared, couplings: fixedPoint(scored, setting.sharpnessTrain, setting.rowNorm, tell) };
  }
  const { centre, radii } = population(everybody, f);
  for (const state of x) for (let n = 0; n < SIZE; n++) (state[n] as number) -= centre[n] as number;
  if (rule === "centred") {
    const couplings = fixedPoint(x, setting.sharpnessTrain, setting.rowNorm, tell);
    return { ...shared, couplings, centre, radii };
  }
  for (const state of x) onSpheres(state, radii);
  return { ...shared, couplings: normalised(x, radii, setting.sharpnessTrain, tell), centre, radii };
}

/** The state of an image; masked tokens are the zero vector. */
export function begin(memory: Memory, image: ArrayLike<number>, visible?: readonly boolean[]): Float64Array {
  const state = encode(image, memory.f);
  if (memory.centre && memory.radii) {
    for (let n = 0; n < SIZE; n++) (state[n] as number) -= memory.centre[n] as number;
    onSpheres(state, memory.radii);
  }
  visible?.forEach((seen, site) => {
    if (!seen) state.fill(0, site * WIDTH, (site + 1) * WIDTH);
  });
  return state;
}

/** What is seen of a state, grey values in [0, 1]. */
export function seen(memory: Memory, state: Float64Array): Float64Array {
  const { centre } = memory;
  return decode(centre ? state.map((number, n) => number + (centre[n] as number)) : state, memory.f);
}

const pass = new Pass();

/** One step; in the first one, masked tokens are not looked at. */
export function iterated(memory: Memory, state: Float64Array, visible?: readonly boolean[]): Float64Array {
  const made = state.slice();
  const x = memory.radii ? state : zScored(state, visible);
  pass.look(memory.couplings, x, memory.sharpness, visible);
  pass.write(made, memory.step);
  if (memory.radii) onSpheres(made, memory.radii);
  else toMeanLength(made);
  return made;
}

/** The state on the memory's own spheres: those of its sites, or the mean length 1. */
export function settled(memory: Memory, state: Float64Array): Float64Array {
  const made = state.slice();
  if (memory.radii) onSpheres(made, memory.radii);
  else toMeanLength(made);
  return made;
}

function onSpheres(state: Float64Array, radii: Float64Array): void {
  for (let site = 0; site < SITES; site++) {
    const scale = (radii[site] as number) / Math.max(length(state, site), 1e-12);
    for (let n = site * WIDTH; n < (site + 1) * WIDTH; n++) (state[n] as number) *= scale;
  }
}

function toMeanLength(state: Float64Array): void {
  let total = 0;
  for (let site = 0; site < SITES; site++) total += length(state, site) / SITES;
  for (let n = 0; n < SIZE; n++) (state[n] as number) /= Math.max(total, 1e-30);
}

function length(state: Float64Array, site: number): number {
  let square = 0;
  for (let n = site * WIDTH; n < (site + 1) * WIDTH; n++) square += (state[n] as number) ** 2;
  return Math.sqrt(square);
}
