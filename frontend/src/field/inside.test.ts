import { describe, expect, it } from "vitest";
import { runs } from "./along";
import { type Inside, insideSentence } from "./inside";

const tokens = ["Paris", "Paris", "Paris", "Tokyo", "Tokyo"];

const inside = (patch: Partial<Inside> = {}): Inside => ({
  along: {
    curve: Float32Array.of(0, 0.1, 0.2, 0.9, 1),
    sharpness: 2.8,
    width: 0.5,
    position: 0.625,
    low: 0.25,
    high: 0.75,
    endDistance: 1,
    context: null,
    names: runs(tokens),
    tokens,
    coordinates: new Float32Array(0),
    why: null,
    controls: [],
  },
  blocks: [3, 4],
  flips: [
    [700, 30, 30, 3],
    [1, 2, 3, 0],
  ],
  ends: [700, 15],
  gradient: [1, 1, 1, 1, 1],
  together: [
    [0.01, 0.01, 0.01, 0.02, 0.01],
    [-0.2, -0.3, -0.6, -0.7, -0.5],
  ],
  apart: [[], []],
  ...patch,
});

describe("what is inside, in words", () => {
  it("counts sign changes, borders, and says who does what", () => {
    expect(insideSentence(inside())).toBe(
      "769 units change sign on the way (715 differ between the ends); one border is crossed. Where the output moves most, at α = 0.63, the MLPs amplify it and the attention hardly changes it (compression −0.70 and 0.02); near the beginning the MLPs’ compression is −0.20.",
    );
  });

  it("says that no border is crossed where one name holds all the way", () => {
    const own = inside();
    const still = { ...own, along: { ...own.along, names: runs(["Paris", "Paris"]) } };
    expect(insideSentence(still)).toContain("no border is crossed (“Paris” all the way)");
  });

  it("speaks of a positive compression as flattening", () => {
    const row = [0.4, 0.4, 0.4, 0.4, 0.4];
    expect(insideSentence(inside({ together: [row, row] }))).toContain(
      "the MLPs flatten it and the attention flattens it",
    );
  });

  it("has nothing to say above the last block", () => {
    expect(insideSentence(inside({ blocks: [], flips: [], ends: [] }))).toContain("nothing is left");
  });
});
