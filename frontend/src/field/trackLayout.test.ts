import { describe, expect, it } from "vitest";
import { eventText, happened, type Part, phenomena, type Timeline } from "./timeline";
import { layout } from "./trackLayout";

const part = (frame: number, region: number, track: number, token: number, area: number): Part => ({
  frame,
  region,
  track,
  token,
  area,
  spread: 0.1,
  centre: [0.5, 0.5],
});

/** One region splits in two, one of these dies, a new one is born, and two merge. */
const story: Timeline = {
  revisions: ["step0", "step8", "step64", "step512"],
  count: [1, 2, 2, 1],
  within: [0.3, 0.2, 0.1, 0.05],
  between: [Number.NaN, 2, 4, Number.NaN],
  overall: [0.4, 0.4, 0.4, 0.4],
  change: [Number.NaN, 0.4, 0.2, 0.3],
  parts: [
    [part(0, 0, 0, 5, 1)],
    [part(1, 0, 0, 5, 0.6), part(1, 1, 1, 6, 0.4)],
    [part(2, 0, 1, 6, 0.7), part(2, 1, 2, 7, 0.3)],
    [part(3, 0, 1, 6, 1)],
  ],
  events: [
    { frame: 1, kind: "split", before: [0], after: [0, 1] },
    { frame: 2, kind: "death", before: [0], after: [] },
    { frame: 2, kind: "continue", before: [1], after: [0] },
    { frame: 2, kind: "birth", before: [], after: [1] },
    { frame: 3, kind: "merge", before: [0, 1], after: [0] },
  ],
  marks: { within: { frame: 1, change: -0.1 } },
  tokens: new Map([
    [5, " Paris"],
    [6, " Tokyo"],
    [7, " Lima"],
  ]),
  skipped: [],
};

describe("the layout of tracks", () => {
  const found = layout(story);

  it("fills each column from the top by shares of the window, in one order of tracks", () => {
    expect(found.order).toEqual([0, 1, 2]);
    for (const column of found.columns) {
      expect(column[0]?.top).toBe(0);
      expect(column.at(-1)?.bottom).toBeCloseTo(1, 9);
      for (let n = 1; n < column.length; n++)
        expect(column[n]?.top).toBeGreaterThan(column[n - 1]?.bottom ?? 1);
    }
    const [upper, lower] = found.columns[1] ?? [];
    const height = (block: typeof upper): number => (block?.bottom ?? 0) - (block?.top ?? 0);
    expect(height(upper) / height(lower)).toBeCloseTo(1.5, 6);
  });

  it("leads a ribbon from every region to each it becomes, and none to what dies or is born", () => {
    const pairs = found.ribbons.map(({ from, to }) => [from.part.frame, from.part.region, to.part.region]);
    expect(pairs.sort()).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [1, 1, 0],
      [2, 0, 0],
      [2, 1, 0],
    ]);
  });

  it("divides what splits among its parts, and what is merged among its sources, edge to edge", () => {
    const split = found.ribbons.filter((ribbon) => ribbon.from.part.frame === 0);
    expect(split.map(({ start }) => start)).toEqual([
      [0, expect.closeTo(0.6, 6)],
      [expect.closeTo(0.6, 6), expect.closeTo(1, 6)],
    ]);
    const merged = found.ribbons.filter((ribbon) => ribbon.to.part.frame === 3);
    expect(merged.map(({ end }) => end)).toEqual([
      [0, expect.closeTo(0.7, 6)],
      [expect.closeTo(0.7, 6), expect.closeTo(1, 6)],
    ]);
  });

  it("puts a new track next to the one it comes from", () => {
    const late: Timeline = {
      ...story,
      revisions: ["a", "b"],
      parts: [[0, 1, 2].map((n) => part(0, n, n, 5, 1 / 3)), [0, 1, 2, 3].map((n) => part(1, n, n, 5, 0.25))],
      events: [{ frame: 1, kind: "split", before: [0], after: [0, 3] }],
    };
    expect(layout(late).order).toEqual([0, 3, 1, 2]);
  });
});

it("tells what happened in words", () => {
  expect(happened(story).map((event) => eventText(story, event))).toEqual([
    "Paris (100 %) splits into Paris (60 %) and Tokyo (40 %)",
    "Paris (60 %) disappears",
    "Lima (30 %) appears",
    "Tokyo (70 %) and Lima (30 %) merge into Tokyo (100 %)",
  ]);
});

it("tells the two phenomena by first and last frame, and says none where there is no border", () => {
  expect(phenomena(story)).toBe(
    "From step0 to step512: 1 → 1 regions, spread within them 75 % → 13 % of all spread, sharpness between them none → none.",
  );
});
