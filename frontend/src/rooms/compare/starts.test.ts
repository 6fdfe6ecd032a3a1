import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../subject/fixture";
import { firstView } from "../../subject/view";
import { firstFields, starts } from "./starts";

const first = firstView(CATALOGUE);
const called = (text: string, view = first) =>
  starts(view, CATALOGUE).find((start) => start.text.startsWith(text))?.fields;

describe("a quick start", () => {
  it("takes the first, the last, and the checkpoint half way in log steps", () => {
    expect(called("Checkpoints")).toEqual([
      { revision: "step0" },
      { revision: "step8" },
      { revision: "step64" },
    ]);
    expect(firstFields(first, CATALOGUE)).toEqual(called("Checkpoints"));
  });

  it("keeps to the checkpoints of the link", () => {
    expect(called("Checkpoints", { ...first, revisions: ["step0", "step64"] })).toEqual([
      { revision: "step0" },
      { revision: "step64" },
    ]);
  });

  it("takes layers that have a block above them", () => {
    expect(called("Layers")).toEqual([{ layer: 0 }, { layer: 5 }, { layer: 10 }]);
    expect(called("Layers", { ...first, model: "facts-4l" })).toEqual([
      { layer: 0 },
      { layer: 1 },
      { layer: 2 },
    ]);
  });

  it("takes every size at the same checkpoint, each at its own usual layer", () => {
    expect(called("Sizes", { ...first, revision: "step8" })).toEqual([
      { model: "facts-4l", revision: "step8", layer: 0 },
      { model: "facts-12l", revision: "step8", layer: 2 },
    ]);
  });

  it("is not offered where it gives one field only", () => {
    expect(called("Sizes", { ...first, model: "stdlib-6l" })).toBeUndefined();
    expect(called("The five distances")).toBeUndefined();
  });

  it("gives two equal fields where nothing can be varied", () => {
    const alone = { ...first, model: "unlisted", revision: "main" };
    expect(firstFields(alone, { ...CATALOGUE, distances: [] })).toEqual([{}, {}]);
  });
});
