/** The page's recursion against the authors' runs, and its fast ways against its plain ones. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exp, tanh } from "./exponential";
import { project, segments } from "./network";
import { type Context, fromAttention, fromToken, Orbit } from "./orbit";
import { Tangent } from "./tangent";

interface Case {
  readonly seed: number;
  readonly features: number;
  readonly context: number;
  readonly bits: number;
  readonly beta: number;
  readonly gamma: number;
  readonly epsilon: number;
  readonly position?: number;
  readonly window?: number[][];
  readonly token?: { value: number[]; key: number[] };
  readonly factor: number;
  readonly output: number[][];
  readonly attention: number[][];
  readonly growth?: number[][];
}

const golden = JSON.parse(readFileSync("../tests/golden/mean-field.json", "utf8")) as {
  cases: Record<string, Case>;
};
const cases = Object.entries(golden.cases);
/** Rounding errors of these grow: compared over the first 25 steps. */
const EXPANDING = ["chaotic_b1.266"];

function opened(of: Case): Orbit {
  const net = project(segments(of.seed, of.features, of.context, of.bits));
  if (of.window) return new Orbit(net, of, fromAttention(net, of, of.window, of.position ?? 0));
  const rings = new Float64Array(of.context * of.features);
  const [values, keys] = [rings.slice(), rings.slice()];
  values.set(of.token?.value ?? []);
  keys.set(of.token?.key ?? []);
  const start: Context = {
    attention: Float64Array.from(of.token?.value ?? []),
    values,
    keys,
    position: 1,
    filled: 1,
  };
  return new Orbit(net, of, start);
}

const apart = (a: ArrayLike<number>, b: readonly number[]): number =>
  Math.max(...b.map((value, i) => Math.abs(value - (a[i] ?? Number.NaN))));

test.each(cases)("every step of %s is the authors'", (name, of) => {
  for (const advance of [(orbit: Orbit) => orbit.step(), (orbit: Orbit) => orbit.advance(1)]) {
    const orbit = opened(of);
    const last = EXPANDING.includes(name) ? 25 : of.output.length;
    for (let row = of.window ? 0 : 1; row < last; row++) {
      advance(orbit);
      const output = of.output[row]?.map((_, a) => of.factor * orbit.output(a)) ?? [];
      expect(apart(output, of.output[row] ?? [])).toBeLessThan(1e-9);
      expect(apart(orbit.attention, of.attention[row] ?? [])).toBeLessThan(1e-9);
    }
  }
});

test.each(cases.filter(([, of]) => of.growth))("every direction of %s grows as the authors'", (_, of) => {
  const orbit = opened(of);
  const tangent = new Tangent(orbit, 3);
  const logs = new Float64Array(3);
  for (const row of of.growth ?? []) {
    orbit.step();
    tangent.step();
    logs.fill(0);
    tangent.orthonormalise(logs);
    expect(apart(logs, row)).toBeLessThan(1e-9);
  }
});

test("seeds name the authors' weights", () => {
  expect(segments(1, 3, 4).signs[0]).toEqual([
    [-1, 1, 1],
    [-1, 1, -1],
    [1, 1, 1],
  ]);
  expect(segments(1, 3, 32).positional[0]?.[0]).toEqual([-1, 1, -1, -1, -1]);
  expect(segments(1, 3, 4, 0).positional[0]).toEqual([[], [], []]);
});

test("the table's exponential is the library's", () => {
  for (let x = -699; x < 700; x += 0.37) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(2e-15);
  for (let x = -30; x < 30; x += 0.013) expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThan(1e-15);
  expect([exp(0), tanh(0), tanh(1e9)]).toEqual([1, 0, 1]);
});

test.each([1, 2, 3, 5])("%i features at a context of 1, 5 and 64, and no positions at all", (features) => {
  for (const [context, bits] of [
    [1, 0],
    [5, 3],
    [64, 6],
    [4, 0],
  ] as const)
    for (const beta of [0, 1.3]) {
      const net = project(segments(4, features, context, bits));
      const at = { beta, gamma: 5000, epsilon: 0.02 };
      const orbit = new Orbit(net, at, fromToken(net, 0.02, [1, -1, 1]));
      orbit.advance(200);
      expect(orbit.attention.every(Number.isFinite)).toBe(true);
      if (beta === 0) expect(orbit.output(0)).toBe(0);
    }
});
