/** Regimes, spectra and the lattice, on orbits and series whose answer is known. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { atLimit, coarseFirst, lattice } from "./lattice";
import { measure, star } from "./measure";
import { project, segments } from "./network";
import { settle } from "./regimes";
import { autocorrelation, peaks, power } from "./spectrum";

const net = project(segments(1, 3, 4));
const at = (beta: number) => ({ beta, gamma: 220, epsilon: 0.02 });

test.each([
  [1.2, "periodic"],
  [1.255, "quasi-periodic"],
  [1.26405, "quasi-periodic"],
  [1.266, "chaos"],
  [1.27, "periodic"],
  [1.28, "chaos"],
  [1.4, "chaos"],
] as const)("β = %f is %s", (beta, regime) => {
  const found = measure(net, at(beta), star(net, 220, 0.02), {
    discard: 20_000,
    steps: 10_000,
    directions: 2,
  });
  expect(found.regime).toBe(regime);
  if (beta === 1.27) expect([28, 56]).toContain(found.period);
  if (beta === 1.28) expect(found.mean[0]).toBeCloseTo(0.146, 1);
});

interface End {
  readonly period: number;
  readonly position: number;
  readonly attention: number[];
  readonly values: number[][];
  readonly keys: number[][];
}
const outlived = JSON.parse(readFileSync("../tests/golden/mean-field-transients.json", "utf8")) as Record<
  string,
  End
>;

test.each(Object.entries(outlived))("chaos that has ended at β = %s is not called chaos", (beta, end) => {
  const ring = (rows: number[][]): Float64Array =>
    Float64Array.from({ length: 12 }, (_, i) => rows[i % 3]?.[Math.floor(i / 3)] ?? 0);
  const start = {
    attention: Float64Array.from(end.attention),
    values: ring(end.values),
    keys: ring(end.keys),
    position: end.position,
    filled: 4,
  };
  const found = measure(net, at(Number(beta)), start, { discard: 100, steps: 3072, directions: 2 });
  expect([found.regime, found.period]).toEqual(["periodic", end.period]);
});

test("stretching that turned into a cycle is transient chaos", () => {
  const cycle = Float64Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const blocks = [0.1, 0.1, 0.1, 0.1, 0.1, -0.05, -0.05, -0.05, -0.05, -0.05].map((value) =>
    Float64Array.of(value),
  );
  expect(settle(cycle, 1, 4, true, blocks)).toEqual({ regime: "transient chaos", period: 4 });
});

test("a sine has one peak, at its frequency, and comes back after its period", () => {
  const series = Float64Array.from({ length: 1024 }, (_, t) => Math.sin((2 * Math.PI * t) / 8) + 3);
  expect(peaks(power(series), 4, 3)[0]).toMatchObject({ frequency: 0.125, multiple: 0 });
  const every = Float64Array.from({ length: 1024 }, (_, t) => (t % 4 === 0 ? 1 : 0));
  expect(
    peaks(power(every), 4, 3)
      .map((peak) => peak.multiple)
      .sort(),
  ).toEqual([1, 2]);
  expect(autocorrelation(series, 16)[8]).toBeCloseTo(1, 6);
  expect(autocorrelation(new Float64Array(64), 4)).toEqual(new Float64Array(5));
});

test("a part's lattice holds the whole's, to the bit, down to neighbouring doubles", () => {
  const whole = lattice(0, 3, 1025);
  const part = new Set(lattice(1.2, 1.3, 1025));
  const shared = whole.filter((beta) => beta >= 1.2 && beta <= 1.3);
  expect(shared.length).toBeGreaterThan(20);
  expect(shared.every((beta) => part.has(beta))).toBe(true);
  expect(whole.length).toBeGreaterThan(512);
  expect(whole.length).toBeLessThan(1026);
  expect(atLimit(1.27, 1.27 + 1e-13, 1025)).toBe(true);
  expect(lattice(1.27, 1.27 + 1e-14, 1025).length).toBeLessThan(60);
});

test("coarse first reaches everything once", () => {
  for (const count of [0, 1, 2, 7, 64, 769]) {
    const order = coarseFirst(count);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  }
});
