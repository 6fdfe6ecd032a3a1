import { expect, it } from "vitest";
import { CATALOGUE } from "./fixture";
import { families, sizeOptions, sizesOf, toModel } from "./pick";
import { firstView } from "./view";

const view = firstView(CATALOGUE);

it("lists families and their sizes", () => {
  expect(families(CATALOGUE)).toEqual(["facts", "stdlib"]);
  expect(sizesOf(CATALOGUE, "facts").map((card) => card.name)).toEqual(["facts-4l", "facts-12l"]);
});

it("tells models of one size apart", () => {
  const card = { layers: 2, parameters: 90_000 };
  const texts = sizeOptions([
    { name: "mine-a", ...card },
    { name: "mine-b", ...card },
    { name: "larger", layers: 4, parameters: 180_000 },
  ]).map(({ text }) => text);
  expect(texts).toEqual(["mine-a · 2 blocks · 90 k", "mine-b · 2 blocks · 90 k", "4 blocks · 0.18 M"]);
});

it("keeps prompts within a family and goes to the size's own good layer", () => {
  const change = toModel(CATALOGUE, view, "facts-4l");
  expect(change).toMatchObject({ model: "facts-4l", revision: "step64", layer: 0 });
  expect(change.prompts).toBeUndefined();
});

it("keeps a chosen layer at the same depth", () => {
  expect(toModel(CATALOGUE, { ...view, layer: 11 }, "facts-4l").layer).toBe(3);
});

it("brings prompts that another family understands", () => {
  expect(toModel(CATALOGUE, view, "stdlib-6l").prompts).toEqual([
    "import",
    "for i in range(",
    "def __init__(self",
  ]);
});

it("keeps the checkpoint where the other model has it", () => {
  expect(toModel(CATALOGUE, { ...view, revision: "step8" }, "facts-4l").revision).toBe("step8");
});
