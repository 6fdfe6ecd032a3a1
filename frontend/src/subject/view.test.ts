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
      stage: null,
      step: i,
      tokens: null,
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

  it("shows of a model of the hub the checkpoints that were chosen, or the one on screen", () => {
    const card = { ...cardNamed("EleutherAI/pythia-70m", "Pythia", 6), source: "hub" as const };
    const view = { ...firstView(CATALOGUE), model: card.name, revision: "step8", revisions: null };
    expect(framesOf(view, card)).toEqual(["step8"]);
    expect(framesOf({ ...view, revisions: ["step0", "step8"] }, card)).toEqual(["step0", "step8"]);
  });

  it("asks in the precision that was chosen", () => {
    const view = { ...firstView(CATALOGUE), dtype: "float64" as const };
    const request = requestOf(view, undefined);
    expect(request.slice.model.dtype).toBe("float64");
    expect(askedBy(request, CATALOGUE).dtype).toBe("float64");
  });

  it("opens with the largest listed model where there is no default", () => {
    const view = firstView({ ...CATALOGUE, default: null });
    expect(view).toMatchObject({ model: "stdlib-6l", revision: "step64", layer: 1, revisions: null });
  });
});
