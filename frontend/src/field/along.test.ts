import { describe, expect, it } from "vitest";
import type { NamedArray, ResultFile } from "../api/decode";
import { alongOf, nameAt, runs, shapeOf, valueAt } from "./along";

const straight = Float32Array.from({ length: 101 }, (_, i) => i / 100);
const step = Float32Array.from({ length: 11 }, (_, i) => (i < 5 ? 0 : 1));

describe("the shape of a curve", () => {
  it("of a straight line is 1 sharp and 0.8 wide", () => {
    const shape = shapeOf(straight);
    expect(shape.sharpness).toBeCloseTo(1, 4);
    expect(shape.width).toBeCloseTo(0.8, 5);
    expect([shape.low, shape.high]).toEqual([expect.closeTo(0.1, 5), expect.closeTo(0.9, 5)]);
  });

  it("of a step is as sharp as its samples are many, and lies in the middle of that step", () => {
    const shape = shapeOf(step);
    expect(shape.sharpness).toBe(10);
    expect(shape.position).toBeCloseTo(0.45, 6);
    expect(shape.width).toBeCloseTo(0.08, 6);
  });

  it("of what does not move is nothing", () => {
    expect(shapeOf(new Float32Array(11).fill(Number.NaN)).sharpness).toBeNull();
    expect(shapeOf(new Float32Array(0)).position).toBeNull();
  });

  it("is read between its samples", () => {
    expect(valueAt(step, 0.45)).toBeCloseTo(0.5, 6);
    expect(valueAt(step, -1)).toBe(0);
    expect(valueAt(step, 2)).toBe(1);
  });
});

describe("names along the way", () => {
  it("are stretches that meet half way between samples", () => {
    expect(runs(["Paris", "Paris", "Tokyo", "Tokyo", "Tokyo"])).toEqual([
      { from: 0, to: 0.375, token: "Paris" },
      { from: 0.375, to: 1, token: "Tokyo" },
    ]);
  });
});

describe("a line's result", () => {
  const array = (data: NamedArray["data"], dtype: NamedArray["dtype"]): NamedArray =>
    ({ dtype, shape: [data.length], data }) as NamedArray;
  const file = (curve: Float32Array): ResultFile => ({
    arrays: new Map([
      ["curve", array(curve, "F32")],
      ["top_token", array(Int32Array.of(5, 5, 6), "I32")],
      ["sharpness", array(Float32Array.of(1.8), "F32")],
      ["width", array(Float32Array.of(Number.NaN), "F32")],
      ["end_distance", array(Float32Array.of(0.7), "F32")],
    ]),
    metadata: { tokens: { "5": " Paris" }, context: "B", undefined: null },
  });

  it("is decoded with its names", () => {
    const along = alongOf(file(Float32Array.of(0, 0.1, 1)));
    expect(along.sharpness).toBeCloseTo(1.8, 6);
    expect(along.width).toBeNull();
    expect(along.context).toBe("B");
    expect(along.tokens).toEqual([" Paris", " Paris", "#6"]);
    expect(nameAt(along, 0.9)).toBe("#6");
  });

  it("that is something else is refused in words", () => {
    expect(() => alongOf({ arrays: new Map(), metadata: {} })).toThrow("neither a line nor a curve");
  });
});
