import { describe, expect, test } from "vitest";
import { borders } from "./contours";
import { crossings } from "./crossings";
import { grids } from "./testing";

function grid(nx: number, ny: number, name: (i: number, j: number) => number): Int32Array {
  return Int32Array.from({ length: nx * ny }, (_, n) => name(n % nx, Math.floor(n / nx)));
}

function points(border: { readonly points: Float32Array }): [number, number][] {
  return Array.from({ length: border.points.length / 2 }, (_, n) => [
    border.points[2 * n] ?? 0,
    border.points[2 * n + 1] ?? 0,
  ]);
}

test("one name has no border", () => {
  expect(borders(new Int32Array(81), 9, 9)).toEqual([]);
});

test("the border of an upright half-plane is one straight line between the columns, from edge to edge", () => {
  const [line, ...more] = borders(
    grid(9, 9, (i) => (i < 4 ? 1 : 2)),
    9,
    9,
  );
  expect(more).toEqual([]);
  expect(line?.closed).toBe(false);
  const found = points(line ?? { points: new Float32Array() });
  expect(found.map(([x]) => x)).toEqual(Array(9).fill(3.5));
  expect(found.map(([, y]) => y).sort((p, q) => p - q)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test.each([0.1, 0.3, 0.5, 0.8, 1, 2.7])(
  "the border of a half-plane of slope %d is smooth: within half a cell of the line",
  (slope) => {
    const n = 65;
    const side = (x: number, y: number) => (y - 32.2 - slope * (x - 31.7)) / Math.hypot(1, slope);
    const found = borders(
      grid(n, n, (i, j) => (side(i, j) > 0 ? 1 : 2)),
      n,
      n,
    );
    expect(found.length).toBe(1);
    const off = points(found[0] ?? { points: new Float32Array() }).map(([x, y]) => Math.abs(side(x, y)));
    expect(Math.max(...off)).toBeLessThan(0.5);
  },
);

test("an island's border is one closed loop around it", () => {
  const found = borders(
    grid(17, 17, (i, j) => (Math.hypot(i - 8, j - 8) < 5 ? 1 : 2)),
    17,
    17,
  );
  expect(found.map(({ closed }) => closed)).toEqual([true]);
  for (const [x, y] of points(found[0] ?? { points: new Float32Array() })) {
    expect(Math.abs(Math.hypot(x - 8, y - 8) - 4.75)).toBeLessThan(0.8);
  }
});

test("three countries meet in one point", () => {
  const found = borders(
    grid(9, 9, (i, j) => (j < 4 ? 1 : i < 4 ? 2 : 3)),
    9,
    9,
  );
  expect(found.length).toBe(3);
  const ends = found.flatMap((border) => [points(border)[0], points(border).at(-1)]);
  expect(ends.filter((end) => end?.[0] === 3.5 && end[1] === 3.5).length).toBe(3);
});

describe.each(grids())("on a random grid of %s", (_, ids, nx, ny) => {
  const graph = crossings(ids, nx, ny);
  const found = borders(ids, nx, ny);

  test("there is a crossing for each pair of neighbours with different names", () => {
    let unlike = 0;
    for (let n = 0; n < ids.length; n++) {
      if (n % nx < nx - 1 && ids[n] !== ids[n + 1]) unlike++;
      if (n < ids.length - nx && ids[n] !== ids[n + nx]) unlike++;
    }
    expect(graph.present.length).toBe(unlike);
  });

  test("each crossing lies on exactly one border", () => {
    const ends = found.flatMap((border) => (border.closed ? [] : [points(border)[0], points(border).at(-1)]));
    const atJunction = ends.filter((end) => end && end[0] % 1 === 0.5 && end[1] % 1 === 0.5).length;
    const total = found.reduce((sum, border) => sum + border.points.length / 2, 0);
    expect(total - atJunction).toBe(graph.present.length);
  });

  test("no border leaves the window or reaches into a cell's centre", () => {
    for (const border of found) {
      for (const [x, y] of points(border)) {
        expect(x >= 0 && x <= nx - 1 && y >= 0 && y <= ny - 1).toBe(true);
      }
    }
  });
});
