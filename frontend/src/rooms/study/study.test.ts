import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../subject/fixture";
import { cardOf } from "../../subject/view";
import {
  cellRequestOf,
  evenly,
  firstStudy,
  meaningRequestOf,
  passages,
  planned,
  promptPairs,
  revisionsOf,
  type Study,
  studyRequestOf,
} from "./study";

const first: Study = {
  ...firstStudy(CATALOGUE),
  models: ["facts-4l", "facts-12l"],
  meaningModel: "facts-4l",
};
const card = cardOf(CATALOGUE, "facts-4l");
if (!card) throw new Error("the fixture has that model");

describe("a study", () => {
  it("asks every model at the checkpoints that the choice names of it", () => {
    const request = studyRequestOf({ ...first, checkpoints: ["step8", "step0"] }, CATALOGUE);
    expect(request?.models).toEqual([
      { name: "facts-4l", revisions: ["step0", "step8"] },
      { name: "facts-12l", revisions: ["step0", "step8"] },
    ]);
    expect(request?.texts).toEqual([]);
  });

  it("asks nothing without models, layers or text", () => {
    expect(studyRequestOf({ ...first, models: [] }, CATALOGUE)).toBeNull();
    expect(studyRequestOf({ ...first, layers: [] }, CATALOGUE)).toBeNull();
    expect(studyRequestOf({ ...first, corpus: "texts", text: " \n" }, CATALOGUE)).toBeNull();
  });

  it("has cells that are asked in the same words", () => {
    const whole = studyRequestOf(first, CATALOGUE);
    if (!whole) throw new Error("it asks something");
    const cell = cellRequestOf(first, ["facts-4l", "step8", 0]);
    const { models: _, write_layers: __, analysis: ___, ...shared } = whole;
    expect(cell).toMatchObject(shared);
    expect(cell.model).toEqual({ name: "facts-4l", revision: "step8" });
  });

  it("knows where its cells will lie", () => {
    expect(planned({ ...first, checkpoints: ["step8"] }, CATALOGUE, "steps")).toEqual([8, 8]);
    expect(new Set(planned(first, CATALOGUE, "parameters")).size).toBe(2);
  });
});

describe("checkpoints", () => {
  it("are all, some by name, or the last where a model has none of those named", () => {
    expect(revisionsOf("all", card)).toEqual(card.revisions.map((row) => row.revision));
    expect(revisionsOf(["step8"], card)).toEqual(["step8"]);
    expect(revisionsOf(["nothing"], card)).toEqual([card.revisions.at(-1)?.revision]);
    expect(revisionsOf("all", undefined)).toEqual(["main"]);
  });

  it("are spread evenly over the logarithm of the step, with both ends", () => {
    const steps = Array.from({ length: 154 }, (_, i) =>
      i < 11 ? (i === 0 ? 0 : 2 ** (i - 1)) : (i - 10) * 1000,
    );
    const many = {
      ...card,
      revisions: steps.map((step) => ({
        revision: `step${step}`,
        stage: null,
        step,
        tokens: null,
        loss: null,
      })),
    };
    const taken = evenly(many, 8).map((name) => Number(name.slice(4)));
    expect(taken).toHaveLength(8);
    expect([taken[0], taken.at(-1)]).toEqual([0, 143_000]);
    expect(taken).toEqual([...taken].sort((a, b) => a - b));
    const logs = taken.map((step) => Math.log2(1 + step));
    const gaps = logs.slice(1).map((at, i) => at - (logs[i] ?? 0));
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(1.6);
  });
});

describe("own text", () => {
  it("is lines, or paragraphs where there are blank lines", () => {
    expect(passages("one\ntwo\r\n three ")).toEqual(["one", "two", "three"]);
    expect(passages("one\ntwo\n\nthree")).toEqual(["one\ntwo", "three"]);
    expect(passages("  ")).toEqual([]);
  });

  it("is parted at spaces where a passage is longer than the server takes, and nothing is lost", () => {
    const words = Array.from({ length: 5000 }, (_, i) => `w${i}`).join(" ");
    const parts = passages(words);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(8192);
    expect(parts.join(" ")).toBe(words);
    expect(passages("x".repeat(20_000)).join("")).toBe("x".repeat(20_000));
  });

  it("is pairs with a bar between, whose own spaces stay", () => {
    expect(promptPairs("a b | c\n  d |  e \nno bar\n | x")).toEqual([
      ["a b", "c"],
      ["  d", " e"],
    ]);
  });
});

describe("a comparison", () => {
  it("asks at the model's own layer, its last checkpoint on top", () => {
    const sweep = meaningRequestOf({ ...first, meaningLayers: [0, 1], meaningModel: "facts-12l" }, CATALOGUE);
    if (!sweep) throw new Error("it asks something");
    expect(sweep.request).toMatchObject({
      model: { revision: sweep.revisions?.at(-1) },
      write_layer: 0,
      contrast: "wording",
      pairs: 300,
    });
  });

  it("takes the paper's pairs, or one's own if there are both kinds", () => {
    const catalogue = {
      ...CATALOGUE,
      paper: [
        { meaning: "same" as const, prompts: [" a", " b"] as [string, string] },
        { meaning: "different" as const, prompts: [" c", " d"] as [string, string] },
      ],
    };
    const paper = meaningRequestOf({ ...first, contrast: "paper" }, catalogue)?.request;
    expect(paper).toMatchObject({ texts_same: [[" a", " b"]], texts_different: [[" c", " d"]] });
    expect(paper).not.toHaveProperty("pairs");
    expect(meaningRequestOf({ ...first, contrast: "own", same: "a | b" }, CATALOGUE)).toBeNull();
    const own = meaningRequestOf({ ...first, contrast: "own", same: "a | b", different: "c | d" }, CATALOGUE);
    expect(own?.request).toMatchObject({ texts_same: [["a", "b"]] });
  });
});
