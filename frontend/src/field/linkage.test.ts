import { expect, it } from "vitest";
import { COUNTED, clustered, countAt, ladder, linked, reach, type Steps, suggested } from "./linkage";
import { random } from "./testing";

/** The steps of a grid of outputs that are numbers: |difference| of neighbours. */
function stepsOf(values: readonly number[], nx: number, ny: number): Steps {
  const at = (i: number, j: number) => values[j * nx + i] ?? 0;
  const right = new Float32Array((nx - 1) * ny);
  const up = new Float32Array(nx * (ny - 1));
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      if (i < nx - 1) right[j * (nx - 1) + i] = Math.abs(at(i + 1, j) - at(i, j));
      if (j < ny - 1) up[j * nx + i] = Math.abs(at(i, j + 1) - at(i, j));
    }
  }
  return { nx, ny, right, up };
}

/** Slow and obvious: floods from every point over edges within the threshold. */
function flooded(steps: Steps, threshold: number): number[] {
  const { nx, ny } = steps;
  const label = new Array<number>(nx * ny).fill(-1);
  let next = 0;
  for (let start = 0; start < label.length; start++) {
    if (label[start] !== -1) continue;
    const queue = [start];
    label[start] = next;
    for (const n of queue) {
      const [i, j] = [n % nx, Math.floor(n / nx)];
      const go = (to: number, step: number | undefined) => {
        if (step === undefined || !(step <= threshold) || label[to] !== -1) return;
        label[to] = next;
        queue.push(to);
      };
      if (i < nx - 1) go(n + 1, steps.right[j * (nx - 1) + i]);
      if (i > 0) go(n - 1, steps.right[j * (nx - 1) + i - 1]);
      if (j < ny - 1) go(n + nx, steps.up[n]);
      if (j > 0) go(n - nx, steps.up[n - nx]);
    }
    next++;
  }
  return label;
}

it("joins what no larger step divides, as flooding from every point does", () => {
  const next = random(11);
  for (const [nx, ny] of [
    [2, 2],
    [9, 7],
    [17, 17],
  ] as const) {
    const steps = stepsOf(Array.from({ length: nx * ny }, next), nx, ny);
    for (const threshold of [0, 0.05, 0.1, 0.2, 0.5, 1]) {
      const [found, slow] = [linked(steps, threshold), flooded(steps, threshold)];
      const pairs = new Set(slow.map((label, n) => `${label} ${found[n]}`));
      expect(pairs.size).toBe(new Set(slow).size);
      expect(pairs.size).toBe(new Set(found).size);
    }
  }
});

it("numbers regions by size, the largest first, of equal ones the first met", () => {
  const steps = stepsOf([5, 5, 0, 9, 9, 0], 3, 2);
  expect([...linked(steps, 0.5)]).toEqual([0, 0, 1, 2, 2, 1]);
});

it("takes a gentle slope for one region, however far its ends are from each other", () => {
  const slope = stepsOf([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], 5, 2);
  expect(new Set(linked(slope, 1)).size).toBe(1);
  expect(new Set(linked(slope, 0.99)).size).toBe(5);
});

it("never joins across a step that is not a number", () => {
  const steps = stepsOf([0, Number.NaN, 0, Number.NaN], 2, 2);
  expect(new Set(linked(steps, 100)).size).toBe(3);
});

it("names a region by the commonest name of its points, of several the lowest", () => {
  const steps = stepsOf([0, 0, 0, 0, 9, 9], 6, 1);
  const { list, of } = clustered(steps, 1, Int32Array.from([7, 3, 7, 3, 8, 8]));
  expect(list.map((region) => [region.token, region.cells])).toEqual([
    [3, 4],
    [8, 2],
  ]);
  expect([...of]).toEqual([0, 0, 0, 0, 1, 1]);
});

it("tells at every threshold how many regions there are, specks left out", () => {
  const next = random(5);
  const steps = stepsOf(
    Array.from({ length: 33 * 33 }, (_, n) => Math.floor((n % 33) / 11) + 0.3 * next()),
    33,
    33,
  );
  const rungs = ladder(steps);
  for (const threshold of [0, 0.01, 0.05, 0.1, 0.2, 0.29, 0.7, 0.9, 1.2, 2]) {
    const sizes = new Map<number, number>();
    for (const label of linked(steps, threshold)) sizes.set(label, (sizes.get(label) ?? 0) + 1);
    const counted = [...sizes.values()].filter((size) => size >= COUNTED * 33 * 33).length;
    expect(countAt(rungs, threshold)).toBe(counted);
  }
  expect(rungs.map(([from]) => from)).toEqual([...rungs.map(([from]) => from)].sort((p, q) => p - q));
});

it("suggests a threshold in the widest gap between small steps and large ones", () => {
  const next = random(3);
  const plateaus = stepsOf(
    Array.from({ length: 33 * 33 }, (_, n) => Math.floor((n % 33) / 11) + 0.01 * next()),
    33,
    33,
  );
  const threshold = suggested(plateaus);
  expect(threshold).toBeGreaterThan(0.01);
  expect(threshold).toBeLessThan(0.98);
  expect(countAt(ladder(plateaus), threshold)).toBe(3);
});

it("has a slider even where nothing changes", () => {
  const flat = stepsOf(new Array<number>(16).fill(1), 4, 4);
  const [low, high] = reach(flat);
  expect(high).toBeGreaterThan(low);
  expect(Number.isFinite(suggested(flat))).toBe(true);
});
