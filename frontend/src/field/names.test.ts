import { expect, test } from "vitest";
import { exampleSlice } from "./example";
import { nameGrid, nameOf, nameText, nearest, shown } from "./names";

test("contexts that answer differently are told apart: the nearest context names the cell", () => {
  const slice = exampleSlice(9);
  const distance = slice.distance.slice();
  const topToken = slice.topToken.slice();
  for (let n = 0; n < 81; n++) {
    distance.set([0.9, 0.8, 0.7].map((d, k) => (n % 3 === k ? 0.1 : d))[0] === 0.1 ? [0.1] : [0.9], n);
    distance[81 + n] = n % 3 === 1 ? 0.1 : 0.8;
    distance[162 + n] = n % 3 === 2 ? 0.1 : 0.7;
    for (const k of [0, 1, 2]) topToken[k * 81 + n] = 100 + k;
  }
  const names = nameGrid({ ...slice, distance, topToken });
  expect(Array.from(names)).toEqual(Array.from({ length: 81 }, (_, n) => 100 + (n % 3)));
});

test("of equally near contexts the first names the cell", () => {
  const slice = { ...exampleSlice(9), distance: new Float32Array(243).fill(0.5) };
  expect(nearest(slice, 40)).toBe(0);
});

test("a name is shown without the space before it, and what cannot be seen is made visible", () => {
  expect(shown(" Paris")).toBe("Paris");
  expect(shown("  ")).toBe("␣␣");
  expect(shown("\n\t")).toBe("⏎⇥");
  expect(shown("")).toBe("∅");
  expect(nameText(exampleSlice(9), 12)).toBe("America");
  expect(nameText(exampleSlice(9), 4711)).toBe("#4711");
});

test("a name of signs alone stands in quotes, and one with a letter in it does not", () => {
  const tokens = new Map([" .", "()", ".fr", "⏎", "é", "7"].map((token, id) => [id, token]));
  expect([...tokens.keys()].map((id) => nameOf(tokens, id))).toEqual(["“.”", "“()”", ".fr", "⏎", "é", "7"]);
});
