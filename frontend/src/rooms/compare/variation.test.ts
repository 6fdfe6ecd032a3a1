import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../subject/fixture";
import { firstView } from "../../subject/view";
import { differing, moved, ownEverywhere, varied, without } from "./variation";

const first = firstView(CATALOGUE);

describe("a variation", () => {
  it("changes what it names and leaves the rest to the view", () => {
    const field = varied(first, { layer: 3, b: "Tokyo lies in" });
    expect(field).toEqual({
      ...first,
      layer: 3,
      prompts: [first.prompts[0], "Tokyo lies in", first.prompts[2]],
    });
    expect(varied(first, {})).toEqual(first);
    expect(without({ layer: 3, b: "x" }, "layer")).toEqual({ b: "x" });
  });

  it("of another model takes that model's own checkpoints", () => {
    const own = { ...first, revisions: ["step0", "step64"] };
    expect(varied(own, { model: "facts-4l" }).revisions).toBeNull();
    expect(varied(own, { layer: 1 }).revisions).toEqual(own.revisions);
  });

  it("is told from others by what differs, and only by that", () => {
    const fields = [varied(first, { layer: 1 }), varied(first, { layer: 1, revision: "step0" })];
    expect(differing(fields)).toEqual(["revision"]);
    expect(differing([first, first])).toEqual([]);
  });

  it("makes the view's own value moot where every field has one", () => {
    expect(ownEverywhere([{ layer: 1 }, { layer: 2, a: "x" }])).toEqual(["layer"]);
    expect(ownEverywhere([{ layer: 1 }, {}])).toEqual([]);
  });

  it("can be moved among the others", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });
});
