import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { colour, type Palette, paint, scales, similarity } from "./colour";
import { exampleSlice } from "./example";
import { largest, type Slice, type Triple } from "./slice";

interface Row {
  readonly distance: Triple<number>;
  readonly scale: Triple<number>;
  readonly palette: Palette;
  readonly rgb: Triple<number>;
}

const golden = JSON.parse(readFileSync("../tests/golden/colour.json", "utf8")) as readonly Row[];

/** A slice of one cell. */
function cell(distance: Triple<number>): Slice {
  return { ...exampleSlice(9), nx: 1, ny: 1, distance: Float32Array.from(distance) };
}

test("colours are those that Python gives", () => {
  expect(golden.length).toBeGreaterThan(200);
  for (const { distance, scale, palette, rgb } of golden) {
    const [sA, sB, sC] = distance.map((d, k) => similarity(d, scale[k] ?? 0)) as unknown as Triple<number>;
    expect(colour(sA, sB, sC, palette)).toEqual(rgb);
    const pixels = paint(cell(distance), { palette, normalisation: "sequence", sequenceMax: scale });
    expect([...pixels]).toEqual([...rgb, 255]);
  }
});

test("an anchor's own cell has its pure colour, and what is like none is black", () => {
  expect(colour(1, 0, 0, "paper")).toEqual([255, 0, 0]);
  expect(colour(0, 1, 0, "safe")).toEqual([0xff, 0xf5, 0xd6]);
  for (const palette of ["paper", "safe", "a", "b", "c"] as const)
    expect(colour(0, 0, 0, palette)).toEqual([0, 0, 0]);
});

test("like A and B is yellow, like all is white, in the paper's palette", () => {
  expect(colour(1, 1, 0, "paper")).toEqual([255, 255, 0]);
  expect(colour(1, 1, 1, "paper")).toEqual([255, 255, 255]);
});

test("similarity is 1 at distance 0, falls to 0 at the scale, and never leaves 0 to 1", () => {
  expect(similarity(0, 0.7)).toBe(1);
  expect(similarity(0.7, 0.7)).toBe(0);
  expect(similarity(0.35, 0.7)).toBe(0.5);
  expect(similarity(9, 0.7)).toBe(0);
  expect(similarity(-1e-7, 0.7)).toBe(1);
  expect(similarity(Number.NaN, 0.7)).toBe(0);
});

test("where all distances are 0 everything is alike, not divided by 0", () => {
  expect(similarity(0, 0)).toBe(1);
  expect(similarity(0.1, 0)).toBe(0);
});

test("the top row of the picture is the highest beta", () => {
  const slice = exampleSlice(9);
  const pixels = paint(slice, { palette: "paper", normalisation: "frame" });
  const [sA, sB, sC] = [0, 1, 2].map((k) =>
    similarity(slice.distance[k * 81 + 8 * 9 + 3] ?? 0, largest(slice)[k] ?? 0),
  ) as unknown as Triple<number>;
  expect([...pixels.slice(4 * 3, 4 * 3 + 3)]).toEqual([...colour(sA, sB, sC, "paper")]);
});

test("the frame's own scale makes the farthest cell of each channel fully unlike", () => {
  const slice = exampleSlice(17);
  expect(scales("frame", slice)).toEqual(
    [0, 1, 2].map((k) => Math.max(...slice.distance.slice(k * 289, (k + 1) * 289))),
  );
});

test("contrast runs from the window's lowest to its highest distance, channel by channel", () => {
  const flat = { ...exampleSlice(9), nx: 3, ny: 1 };
  const slice = {
    ...flat,
    distance: Float64Array.of(0.7, 0.7 + 1e-12, 0.7 + 2e-12, 0.2, 0.2, 0.2, 0.9, 0.8, 0.85),
  };
  const pixels = paint(slice, { palette: "paper", normalisation: "contrast" });
  const channel = (k: number) => [0, 1, 2].map((n) => pixels[4 * n + k]);
  expect(channel(0)).toEqual([255, 128, 0]);
  expect(channel(1)).toEqual([255, 255, 255]);
  expect(channel(2)).toEqual([0, 255, 128]);
  expect(paint(slice, { palette: "paper", normalisation: "frame" }).slice(0, 3)).not.toEqual(
    pixels.slice(0, 3),
  );
});

test("absolute is the distance's bound, and for l2, which has none, the sequence's largest", () => {
  const slice = exampleSlice(9);
  const measured = (distance: string) => ({ ...slice, recipe: { ...slice.recipe, distance } });
  expect(scales("absolute", measured("hellinger"), [0.5, 0.5, 0.5])).toEqual([1, 1, 1]);
  expect(scales("absolute", measured("cosine"))).toEqual([2, 2, 2]);
  expect(scales("absolute", measured("l2"), [7, 8, 9])).toEqual([7, 8, 9]);
  expect(scales("sequence", measured("l2"))).toEqual(largest(slice));
});

test("a window keeps the colours of its plane, and contrast is of the window", () => {
  const window = exampleSlice(9, { window: { alpha: [-0.05, 0.05], beta: [-0.05, 0.05] } });
  const zoomed = { ...window, planeLargest: largest(exampleSlice(17)) };
  const own = (slice: Slice) => [...paint(slice, { palette: "paper", normalisation: "frame" })];
  const red = (slice: Slice) => own(slice).every((value, n) => n % 4 !== 0 || value > 200);
  expect(red(window)).toBe(false);
  expect(red(zoomed)).toBe(true);
  expect(scales("sequence", zoomed)).toEqual(zoomed.planeLargest);
  expect(scales("contrast", zoomed)).toEqual(largest(zoomed));
});
