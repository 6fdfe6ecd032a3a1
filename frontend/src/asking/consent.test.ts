import { describe, expect, it } from "vitest";
import { asking } from "../subject/fixture";
import { agree, isAgreed, modelsOf, settle } from "./consent";

const film = asking("EleutherAI/pythia-70m", ["a", "b", "c"], 0);

describe("a person's word", () => {
  it("holds for the checkpoints it was given for, and for fewer of them", () => {
    expect(isAgreed(film)).toBe(false);
    agree({ ...film, revisions: ["step0", "step64"] });
    expect(isAgreed({ ...film, revisions: ["step64"] })).toBe(true);
    expect(isAgreed({ ...film, revisions: ["step0", "step8"] })).toBe(false);
  });

  it("holds while prompts change, but not for another model", () => {
    agree(film);
    expect(isAgreed({ ...film, slice: { ...film.slice, prompts: ["x", "y", "z"] } })).toBe(true);
    const other = { ...film.slice, model: { ...film.slice.model, name: "EleutherAI/pythia-160m" } };
    expect(isAgreed({ ...film, slice: other })).toBe(false);
  });

  it("is used up by the answer", () => {
    agree(film);
    settle(film);
    expect(isAgreed(film)).toBe(false);
  });
});

it("finds the models of any request: one, several, and inside another request", () => {
  expect(modelsOf(film)).toEqual(["EleutherAI/pythia-70m"]);
  expect(modelsOf({ analysis: "point", model: { name: "facts-4l" } })).toEqual(["facts-4l"]);
  expect(modelsOf({ models: [{ name: "a/b", revisions: ["main"] }, { name: "c" }] })).toEqual(["a/b", "c"]);
  expect(modelsOf({ analysis: "slice", prompts: ["a model of a/b"] })).toEqual([]);
});
