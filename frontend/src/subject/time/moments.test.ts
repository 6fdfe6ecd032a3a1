import { describe, expect, it } from "vitest";
import type { ModelCard } from "../../api/types";
import { cardNamed } from "../fixture";
import { momentHead, momentText, spreadLayers, spreadMoments, spreadPlaces } from "./moments";

const card = cardNamed("facts-12l", "facts", 12);

/** The 154 checkpoints of Pythia. */
const many = [
  0,
  ...Array.from({ length: 10 }, (_, n) => 2 ** n),
  ...Array.from({ length: 143 }, (_, n) => 1000 * (n + 1)),
];
const pythia: ModelCard = {
  ...card,
  revisions: many.map((step) => ({ revision: `step${step}`, stage: null, step, tokens: null, loss: null })),
};

describe("checkpoints in words", () => {
  it("are steps where steps are known, else tokens, else names", () => {
    expect(momentText(card, "step64")).toBe("step 64");
    expect(momentText(undefined, "checkpoint-40000")).toBe("step 40,000");
    expect(momentHead(undefined, "checkpoint-40000")).toBe("40 k");
    const rows = [{ revision: "early", stage: null, step: null, tokens: 4e9, loss: null }];
    expect(momentText({ ...card, revisions: rows }, "early")).toBe("4 B tokens");
    expect(momentText(card, "main")).toBe("main");
  });
});

describe("a few of many", () => {
  it("are all where there are few", () => {
    const names = card.revisions.map((row) => row.revision);
    expect(spreadMoments(card, names, 12)).toEqual(names);
    expect(spreadLayers(12, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("lie evenly on a log axis, the ends among them", () => {
    const steps = spreadMoments(
      pythia,
      pythia.revisions.map((row) => row.revision),
      12,
    ).map((name) => Number(name.slice(4)));
    expect(steps).toHaveLength(12);
    expect([steps[0], steps.at(-1)]).toEqual([0, 143_000]);
    const places = steps.map((step) => Math.log2(1 + step));
    const gaps = places.slice(1).map((place, n) => place - (places[n] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(2 * (places.at(-1) ?? 0) * (1 / 11));
  });

  it("are as many as asked for, different and in order, however the places lie", () => {
    for (const places of [
      [0, 0, 0, 0, 0, 1],
      [0, 1, 1, 1, 1, 1],
      [0, 0.1, 0.2, 0.9, 0.95, 1],
    ]) {
      for (const count of [2, 3, 4, 5]) {
        const kept = spreadPlaces(places, count);
        expect(kept).toHaveLength(count);
        expect([...new Set(kept)].sort((p, q) => p - q)).toEqual(kept);
        expect([kept[0], kept.at(-1)]).toEqual([0, places.length - 1]);
      }
    }
    expect(spreadLayers(48, 12)).toHaveLength(12);
    expect([spreadLayers(48, 12)[0], spreadLayers(48, 12).at(-1)]).toEqual([0, 47]);
  });
});
