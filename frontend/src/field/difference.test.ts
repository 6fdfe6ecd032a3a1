import { describe, expect, it } from "vitest";
import { scales, similarity } from "./colour";
import { difference, differenceAt, type Scaled } from "./difference";
import { exampleSlice, PULLS } from "./example";
import { cell } from "./probe";
import type { Slice } from "./slice";

const ONE: readonly [1, 1, 1] = [1, 1, 1];
const scaled = (slice: Slice): Scaled => ({ slice, scale: ONE });
const sharp = exampleSlice(17, { sharp: 30 });
const soft = exampleSlice(17, { sharp: 3 });

describe("the difference of two fields", () => {
  it("of a field and itself is nothing", () => {
    expect(difference(scaled(sharp), scaled(sharp))).toMatchObject({ mean: 0, most: 0, renamed: 0 });
  });

  it("is the same seen from either side", () => {
    const [there, back] = [difference(scaled(sharp), scaled(soft)), difference(scaled(soft), scaled(sharp))];
    expect(there).toEqual(back);
    expect(there?.mean).toBeGreaterThan(0);
  });

  it("is at each point the mean of three absolute differences of similarity, on each field's own scale", () => {
    const [p, q] = [sharp, soft].map((slice) => ({ slice, scale: scales("frame", slice) })) as [
      Scaled,
      Scaled,
    ];
    const found = difference(p, q);
    const expected = Array.from({ length: 17 * 17 }, (_, n) => {
      const of = ({ slice, scale }: Scaled, k: 0 | 1 | 2) =>
        similarity(cell(slice, n % 17, Math.floor(n / 17)).distance[k], scale[k]);
      return ([0, 1, 2] as const).reduce<number>((sum, k) => sum + Math.abs(of(p, k) - of(q, k)), 0) / 3;
    });
    expected.forEach((value, n) => {
      expect(found?.values[n]).toBeCloseTo(value, 6);
    });
    expect(found?.mean).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / expected.length, 6);
    expect(found?.most).toBeCloseTo(Math.max(...expected), 6);
    const n = expected.indexOf(Math.max(...expected));
    expect(found?.peak).toEqual({ alpha: sharp.alpha[n % 17], beta: sharp.beta[Math.floor(n / 17)] });
  });

  it("of nested grids is taken at the points that both have", () => {
    const found = difference(scaled(exampleSlice(33)), scaled(exampleSlice(9)));
    expect(found?.nx).toBe(9);
    expect(found?.most).toBeLessThan(1e-6);
  });

  it("counts the points whose name is another token, by its text and not by its number", () => {
    const other = exampleSlice(17, { pulls: PULLS.map((pull) => ({ ...pull, token: `${pull.token}!` })) });
    expect(difference(scaled(sharp), scaled(other))?.renamed).toBe(1);
    const renumbered: Slice = {
      ...sharp,
      topToken: sharp.topToken.map((id) => id + 100),
      tokens: new Map([...sharp.tokens].map(([id, text]) => [id + 100, text])),
    };
    expect(difference(scaled(sharp), scaled(renumbered))?.renamed).toBe(0);
  });

  it("is none where the fields show different windows", () => {
    const elsewhere = exampleSlice(17, { window: { alpha: [0, 1], beta: [0, 1] } });
    expect(difference(scaled(sharp), scaled(elsewhere))).toBeNull();
  });

  it("can be read at a point, and outside the window not", () => {
    const found = difference(scaled(sharp), scaled(soft));
    if (!found) throw new Error("these fields show one window");
    expect(differenceAt(found, sharp, found.peak.alpha, found.peak.beta)).toBe(found.most);
    expect(differenceAt(found, sharp, 3, 0)).toBeNull();
  });
});
