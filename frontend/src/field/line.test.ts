import { describe, expect, it } from "vitest";
import {
  anchorAt,
  EDGES,
  edgeAt,
  edgeOf,
  type Line,
  lineFrom,
  lineName,
  lineText,
  nearestOn,
  pixelsOf,
} from "./line";
import type { Slice } from "./slice";
import { frame, WHOLE } from "./view";

const ANCHORS: Slice["anchors"] = [
  [0, 0],
  [1, 0],
  [0.5, 1],
];
/** 100 pixels a unit: A at (25, 125), B at (125, 125), C at (75, 25). */
const FRAME = frame(WHOLE, { width: 150, height: 150 });

describe("a line in a link", () => {
  const lines: [Line, string][] = [
    [["A", "B"], "AB"],
    [["C", "A"], "CA"],
    [["A", [0.25, -0.5]], "A,0.25,-0.5"],
    [[[0.1, 0.2], "C"], "0.1,0.2,C"],
    [
      [
        [0.1, 0.2],
        [0.3, 1.25],
      ],
      "0.1,0.2,0.3,1.25",
    ],
  ];
  it.each(lines)("%j is written %s and read back", (line, text) => {
    expect(lineText(line)).toBe(text);
    expect(lineFrom(text)).toEqual(line);
  });

  it.each([
    "",
    "A",
    "AA",
    "AD",
    "ABC",
    "A,B,C",
    "0.1,0.2",
    "0.1,0.2,0.1,0.2",
    "A,0.5",
    "A,1,x",
    "0,0,0,101",
    "A,,1",
  ])("“%s” is no line", (text) => {
    expect(lineFrom(text)).toBeNull();
  });

  it("between anchors has their names, else P and Q", () => {
    expect(lineName(["B", "C"])).toBe("B → C");
    expect(lineName(["A", [0.2, 0.2]])).toBe("A → Q");
    expect(edgeOf(["B", "C"])).toEqual(["B", "C"]);
    expect(edgeOf(["B", [0, 1]])).toBeNull();
  });
});

describe("a line on the page", () => {
  it("has its ends where the anchors are", () => {
    expect(pixelsOf(["A", "C"], ANCHORS, FRAME)).toEqual([
      { x: 25, y: 125 },
      { x: 75, y: 25 },
    ]);
  });

  it("knows its nearest point, its ends included", () => {
    const edge = pixelsOf(EDGES[0], ANCHORS, FRAME);
    expect(nearestOn(edge, { x: 50, y: 120 })).toEqual({ share: 0.25, distance: 5 });
    expect(nearestOn(edge, { x: 0, y: 125 })).toEqual({ share: 0, distance: 25 });
  });

  it("is under the pointer near its middle, and not at an anchor", () => {
    expect(edgeAt({ x: 60, y: 121 }, ANCHORS, FRAME, 7, 14)).toEqual(["A", "B"]);
    expect(edgeAt({ x: 50, y: 75 }, ANCHORS, FRAME, 7, 14)).toEqual(["C", "A"]);
    expect(edgeAt({ x: 60, y: 110 }, ANCHORS, FRAME, 7, 14)).toBeNull();
    expect(edgeAt({ x: 30, y: 125 }, ANCHORS, FRAME, 7, 14)).toBeNull();
    expect(anchorAt({ x: 30, y: 125 }, ANCHORS, FRAME, 14)).toBe("A");
    expect(anchorAt({ x: 75, y: 75 }, ANCHORS, FRAME, 14)).toBeNull();
  });
});
