import { describe, expect, it } from "vitest";
import { agree, isAgreed, nameDownloads, settle } from "../asking/consent";
import { checkpointsOf, modelsOf } from "./downloads";
import { asking } from "./fixture";

nameDownloads(checkpointsOf);

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

it("finds the checkpoints that a request takes from the hub", () => {
  expect(checkpointsOf({ ...film, revisions: ["step0", "step8"] })).toEqual([
    "EleutherAI/pythia-70m step0",
    "EleutherAI/pythia-70m step8",
  ]);
  expect(checkpointsOf(film.slice)).toEqual(["EleutherAI/pythia-70m step64"]);
  expect(
    checkpointsOf({ analysis: "sweep", request: film.slice, revisions: [], write_layers: [0, 1] }),
  ).toEqual(["EleutherAI/pythia-70m step64"]);
  expect(checkpointsOf(asking("facts-4l", ["a", "b", "c"], 0))).toEqual([]);
});
