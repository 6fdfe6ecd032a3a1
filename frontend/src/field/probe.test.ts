import { expect, test } from "vitest";
import { exampleSlice } from "./example";
import { nameGrid } from "./names";
import { at, cell } from "./probe";
import { LETTERS } from "./slice";

const slice = exampleSlice(25);

test("at its anchor a prompt's distance is 0, it is nearest, and its own answer is the name", () => {
  for (const [k, token] of [" yen", " Swahili", " America"].entries()) {
    const [alpha, beta] = slice.anchors[k] ?? [0, 0];
    const probe = at(slice, alpha, beta);
    expect(LETTERS[probe?.nearest ?? 0]).toBe("ABC"[k]);
    expect(probe?.distance[k]).toBeCloseTo(0, 6);
    expect(probe?.similarity[k]).toBeCloseTo(1, 6);
    expect(probe?.tokens[k]?.text).toBe(token);
  }
});

test("every cell is found from anywhere in its square", () => {
  const half = 0.49 * (1.5 / 24);
  for (const [i, j] of [
    [0, 0],
    [3, 20],
    [24, 24],
    [12, 1],
  ] as const) {
    const place = cell(slice, i, j);
    for (const [da, db] of [
      [half, half],
      [-half, half],
      [-half, -half],
    ] as const) {
      expect(at(slice, place.alpha + da, place.beta + db)).toEqual(place);
    }
  }
});

test("outside the window there is nothing", () => {
  for (const [alpha, beta] of [
    [-0.4, 0],
    [1.4, 0],
    [0, -0.4],
    [0, 1.4],
    [Number.NaN, 0],
  ] as const) {
    expect(at(slice, alpha, beta)).toBeNull();
  }
});

test("the name of a cell is the top token in the context it is nearest to", () => {
  const names = nameGrid(slice);
  for (let n = 0; n < names.length; n += 7) {
    const probe = cell(slice, n % 25, Math.floor(n / 25));
    expect(names[n]).toBe(probe.tokens[probe.nearest].id);
    expect(Math.min(...probe.distance)).toBe(probe.distance[probe.nearest]);
  }
});
