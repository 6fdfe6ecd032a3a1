import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../subject/fixture";
import { firstView } from "../../subject/view";
import { nextField } from "./next";
import type { Variation } from "./variation";

const first = firstView(CATALOGUE);
const next = (fields: readonly Variation[]) => nextField(first, fields, CATALOGUE);

describe("the field that is added", () => {
  it("is a checkpoint that is not there yet, where checkpoints are compared", () => {
    const found = next([{ revision: "step0" }, { revision: "step64" }]);
    expect(found).toEqual({ revision: "step8" });
  });

  it("is a layer in the widest gap, where layers are compared", () => {
    const found = next([{ layer: 0 }, { layer: 1 }, { layer: 11 }]);
    expect(found).toEqual({ layer: 6 });
  });

  it("keeps what the last field has of its own", () => {
    const prompt = { a: "Something else" };
    expect(
      next([
        { ...prompt, layer: 0 },
        { ...prompt, layer: 11 },
      ]),
    ).toMatchObject(prompt);
  });

  it("goes on with another facet when one is used up", () => {
    const two = { ...first, revisions: ["step0", "step64"] };
    const found = nextField(two, [{ revision: "step0" }, { revision: "step64" }], CATALOGUE);
    expect(found).toMatchObject({ revision: "step64" });
    expect(found).toHaveProperty("layer");
  });

  it("is never one that is there, and says when there is none", () => {
    expect(next(Array.from({ length: 6 }, (_, layer) => ({ layer })))).toMatch("6 fields");
    const alone = { ...first, model: "unlisted", revision: "main", contexts: "own" as const };
    const nothing = { ...CATALOGUE, distances: [] };
    expect(nextField(alone, [{ contexts: "own" }, { contexts: "first" }], nothing)).toMatch("already");
  });
});
