import { expect, test } from "vitest";
import { exampleSlice } from "./example";
import { computedLayer } from "./overlay";

const whole = exampleSlice(9);

test("what was computed is seen as it is, what was interpolated is veiled", () => {
  const computed = new Uint8Array(81);
  computed[0] = 1;
  const layer = computedLayer({ ...whole, computed });
  const alpha = Array.from({ length: 81 }, (_, n) => layer.pixels[4 * n + 3] ?? 0);
  expect(alpha.filter((value) => value === 0)).toHaveLength(1);
  expect(alpha[8 * 9]).toBe(0);
  expect(layer.legend.map(({ text }) => text)).toEqual([
    "computed: 1.2 % of the points",
    "interpolated between them",
  ]);
});

test("where every point is computed nothing is veiled, and the key says so", () => {
  const layer = computedLayer(whole);
  expect(layer.pixels.every((value) => value === 0)).toBe(true);
  expect(layer.legend).toEqual([{ colour: null, text: "every point is computed" }]);
});

test("the layer lies where the slice's own window is", () => {
  const window = { alpha: [0.2, 0.4], beta: [-1, 3] } as const;
  const layer = computedLayer({ ...whole, recipe: { ...whole.recipe, window } });
  expect(layer.window).toEqual(window);
});

test("a share is never rounded to all or nothing", () => {
  const computed = new Uint8Array(81).fill(1);
  computed[5] = 0;
  expect(computedLayer({ ...whole, computed }).legend[0]?.text).toBe("computed: 99 % of the points");
});
