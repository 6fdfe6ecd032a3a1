import { describe, expect, test } from "vitest";
import { exampleSlice, PULLS } from "./example";
import { regionCount, regions } from "./regions";
import { grids } from "./testing";

/** Components by repeated spreading of the smallest index: slow, and plainly right. */
function spread(ids: Int32Array, nx: number, ny: number): Int32Array {
  const mark = Int32Array.from(ids, (_, n) => n);
  for (let changed = true; changed; ) {
    changed = false;
    for (let n = 0; n < mark.length; n++) {
      const [i, j] = [n % nx, Math.floor(n / nx)];
      for (const m of [
        i > 0 ? n - 1 : n,
        i < nx - 1 ? n + 1 : n,
        j > 0 ? n - nx : n,
        j < ny - 1 ? n + nx : n,
      ]) {
        if (ids[m] === ids[n] && (mark[m] ?? 0) < (mark[n] ?? 0)) {
          mark[n] = mark[m] ?? 0;
          changed = true;
        }
      }
    }
  }
  return mark;
}

describe.each(grids())("on a random grid of %s", (_, ids, nx, ny) => {
  const { list, of } = regions(ids, nx, ny);

  test("regions are what a naive flood fill finds", () => {
    const mark = spread(ids, nx, ny);
    expect(list.length).toBe(new Set(mark).size);
    const pairs = new Set(Array.from(mark, (root, n) => `${root} ${of[n]}`));
    expect(pairs.size).toBe(list.length);
  });

  test("every cell is counted once, and the largest region comes first", () => {
    const counts = list.map((_, index) => of.filter((region) => region === index).length);
    expect(list.map((region) => region.cells)).toEqual(counts);
    expect(list.reduce((sum, region) => sum + region.fraction, 0)).toBeCloseTo(1);
    expect(counts).toEqual([...counts].sort((one, other) => other - one));
  });

  test("each label lies in its own region, as deep as any of its cells within the chamfer's error", () => {
    for (const [index, { label, radius, token }] of list.entries()) {
      expect(of[label.j * nx + label.i]).toBe(index);
      expect(ids[label.j * nx + label.i]).toBe(token);
      const depth = (n: number) => trueDepth(of, nx, ny, n);
      const cells = Array.from(of.keys()).filter((n) => of[n] === index);
      const deepest = Math.max(...cells.map(depth));
      expect(depth(label.j * nx + label.i)).toBeGreaterThanOrEqual(deepest / 1.09);
      expect(radius).toBeGreaterThanOrEqual(depth(label.j * nx + label.i) - 1e-5);
    }
  });
});

function trueDepth(of: Int32Array, nx: number, ny: number, n: number): number {
  const [i, j] = [n % nx, Math.floor(n / nx)];
  let least = Math.min(i + 1, j + 1, nx - i, ny - j);
  for (let m = 0; m < of.length; m++) {
    if (of[m] !== of[n]) least = Math.min(least, Math.hypot((m % nx) - i, Math.floor(m / nx) - j));
  }
  return least;
}

test("three pulls make three regions, a fourth between them a fourth", () => {
  expect(regionCount(exampleSlice(33))).toBe(3);
  expect(
    regionCount(exampleSlice(33, { pulls: [...PULLS, { token: " Paris", alpha: 0.5, beta: 0.4 }] })),
  ).toBe(4);
});

test("a speck below the smallest share is not counted", () => {
  const slice = exampleSlice(65);
  for (const k of [0, 1, 2]) slice.topToken[k * 65 * 65 + 5 * 65 + 5] = 99;
  expect(regionCount(slice)).toBe(3);
  expect(regionCount(slice, 0)).toBe(4);
});
