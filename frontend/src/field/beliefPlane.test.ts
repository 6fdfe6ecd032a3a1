import { expect, test } from "vitest";
import { agreement, type BeliefPlane, beliefLand, beliefLayer, beliefPlaneSentence } from "./beliefPlane";
import { exampleSlice } from "./example";
import { nameText } from "./names";

/** Two by two: the lower row is A, the upper B by belief; the left column says 0, the right one 1. */
const PLANE: BeliefPlane = {
  nx: 2,
  ny: 2,
  alpha: Float32Array.of(0, 1),
  beta: Float32Array.of(0, 1),
  states: ["A", "B", "C"],
  belief: Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1.2, -0.2, 0, 1, 0),
  word: Int32Array.of(0, 0, 1, 1),
  words: ["A", "BB"],
  name: Int32Array.of(0, 1, 0, 1),
  r2: 0.9996,
};

test("each point has its belief's colour, the top row the highest β; beyond the simplex the colour is clipped", () => {
  const { pixels, legend } = beliefLayer({ ...PLANE, name: new Int32Array(4) });
  expect([...pixels.subarray(0, 8)]).toEqual([0, 255, 0, 255, 0, 255, 0, 255]);
  expect([...pixels.subarray(8, 16)]).toEqual([255, 0, 0, 255, 255, 0, 0, 255]);
  expect(legend.map(({ text }) => text).slice(0, 3)).toEqual(["A", "B", "C"]);
});

test("where the likeliest token changes it is darker", () => {
  const { pixels } = beliefLayer(PLANE);
  expect(pixels[8]).toBeLessThan(255 / 2);
  expect(pixels[12]).toBe(255);
});

test("regions are named by histories", () => {
  const { slice, atlas } = beliefLand(PLANE, exampleSlice(9));
  expect(atlas.regions.list.map(({ token }) => nameText(slice, token)).sort()).toEqual(["A", "BB"]);
});

test("borders of output are held against those of belief", () => {
  expect(agreement(PLANE)).toEqual({ output: 2, both: 0 });
  expect(agreement({ ...PLANE, name: PLANE.word })).toEqual({ output: 2, both: 1 });
  expect(beliefPlaneSentence({ ...PLANE, name: PLANE.word })).toContain("2 regions of belief");
  expect(beliefPlaneSentence({ ...PLANE, name: PLANE.word })).toContain("100 % of places");
});
