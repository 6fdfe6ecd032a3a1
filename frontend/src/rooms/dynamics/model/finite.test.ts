/** The finite network by its laws: binomial moments, one step's departures, and the fall with the root of the units. */

import { expect, test } from "vitest";
import { binomial } from "./binomial";
import { sample } from "./finite";
import { measure, star } from "./measure";
import { project, segments } from "./network";
import { Twister } from "./twister";

const net = project(segments(1, 3, 4));

test.each([
  [33, 0.03],
  [33, 0.5],
  [330, 0.9],
  [333_333_333, 0.2],
  [333_333_333, 1e-9],
])("%i trials at %f have the binomial mean and variance", (n, p) => {
  const random = new Twister(5);
  const uniform = (): number => (random.uint32() + 0.5) / 4294967296;
  const draws = Array.from({ length: 20_000 }, () => binomial(n, p, uniform));
  const mean = draws.reduce((sum, k) => sum + k, 0) / draws.length;
  const variance = draws.reduce((sum, k) => sum + (k - mean) ** 2, 0) / draws.length;
  const [expected, wide] = [n * p, n * p * (1 - p)];
  expect(Math.abs(mean - expected)).toBeLessThan(4.5 * Math.sqrt(wide / draws.length));
  expect(variance / wide).toBeGreaterThan(0.93);
  expect(variance / wide).toBeLessThan(1.07);
});

test("the whole law of few trials is the binomial's", () => {
  const random = new Twister(8);
  const uniform = (): number => (random.uint32() + 0.5) / 4294967296;
  const counts = new Float64Array(41);
  const draws = 40_000;
  for (let i = 0; i < draws; i++) {
    const k = binomial(40, 0.3, uniform);
    counts[k] = (counts[k] as number) + 1;
  }
  let [share, squares, cells] = [0.7 ** 40, 0, 0];
  for (let k = 0; k <= 40; k++) {
    const expected = draws * share;
    if (expected > 8) {
      squares += ((counts[k] as number) - expected) ** 2 / expected;
      cells++;
    }
    share *= (((40 - k) / (k + 1)) * 0.3) / 0.7;
  }
  expect(squares).toBeLessThan(cells + 4.5 * Math.sqrt(2 * cells));
});

test.each([99, 9_900, 999_999_999])("with %i units a step departs by the law", (units) => {
  const at = { beta: 1.27, gamma: 220, epsilon: 0.02 };
  const { z } = sample(net, at, star(net, 220, 0.02), units, 3, { discard: 100, steps: 2000 });
  expect(Math.abs(z.mean)).toBeLessThan(0.15);
  expect(z.deviation).toBeGreaterThan(0.9);
  expect(z.deviation).toBeLessThan(1.1);
});

test("over a few tokens the distance to the mean field falls as 1/√N", () => {
  const at = { beta: 0.8, gamma: 220, epsilon: 0.02 };
  const start = star(net, 220, 0.02);
  const field = measure(net, at, start, { discard: 0, steps: 5, directions: 0 });
  const apart = [9_900, 990_000].map((units) => {
    let squares = 0;
    for (let replica = 0; replica < 200; replica++) {
      const { output } = sample(net, at, start, units, replica, { discard: 0, steps: 5 });
      for (let i = 0; i < output.length; i++)
        squares += ((output[i] as number) - (field.output[i] as number)) ** 2;
    }
    return Math.sqrt(squares / 200 / 15);
  });
  const slope = Math.log((apart[1] as number) / (apart[0] as number)) / Math.log(100);
  expect(Math.abs(slope + 0.5)).toBeLessThan(0.06);
});
