import { describe, expect, it } from "vitest";
import { asking, CATALOGUE, cardNamed } from "./fixture";
import { askedBy, firstView, framesOf, MOST_FRAMES, requestOf } from "./view";

describe("the view", () => {
  it("asks what the catalogue's default asks, word for word", () => {
    expect(requestOf(firstView(CATALOGUE), CATALOGUE.models[1])).toEqual(CATALOGUE.default);
  });

  it("takes a request that names the model's own BOS habit as the habit itself", () => {
    const request = asking("facts-12l", ["a", "b", "c"], 1);
    const resolved = { ...request, slice: { ...request.slice, prepend_bos: true } };
    expect(askedBy(resolved, CATALOGUE).bos).toBeNull();
    const other = { ...request, slice: { ...request.slice, prepend_bos: false } };
    expect(askedBy(other, CATALOGUE).bos).toBe(false);
  });

  it("remembers checkpoints only when they are not the model's own", () => {
    const request = asking("facts-12l", ["a", "b", "c"], 1);
    expect(askedBy(request, CATALOGUE).revisions).toBeNull();
    expect(askedBy({ ...request, revisions: ["step0", "step64"] }, CATALOGUE).revisions).toEqual([
      "step0",
      "step64",
    ]);
  });

  it("thins very many checkpoints evenly, keeps both ends and the frame on screen", () => {
    const many = Array.from({ length: 154 }, (_, i) => ({
      revision: `step${i}`,
      step: i,
      tokens: null,
      stage: null,
      loss: null,
    }));
    const card = { ...cardNamed("big", "big", 6), revisions: many };
    const view = { ...firstView(CATALOGUE), model: "big", revision: "step3" };
    const names = framesOf(view, card);
    expect(names.length).toBeLessThanOrEqual(MOST_FRAMES + 1);
    expect([names[0], names.at(-1)]).toEqual(["step0", "step153"]);
    expect(names).toContain("step3");
    expect([...names].sort((p, q) => Number(p.slice(4)) - Number(q.slice(4)))).toEqual(names);
  });

  it("opens with the largest listed model where there is no default", () => {
    const view = firstView({ ...CATALOGUE, default: null });
    expect(view).toMatchObject({ model: "stdlib-6l", revision: "step64", layer: 1, revisions: null });
  });
});
