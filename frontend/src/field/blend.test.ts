import { expect, test } from "vitest";
import { crossfade, type Painted, resampled } from "./blend";

function flat(n: number, rgba: readonly [number, number, number, number]): Painted {
  return {
    pixels: Uint8ClampedArray.from({ length: 4 * n * n }, (_, k) => rgba[k % 4] ?? 0),
    width: n,
    height: n,
  };
}

const [red, blue] = [flat(9, [255, 0, 0, 255]), flat(9, [0, 0, 255, 255])];

test("a crossfade begins with one frame and ends with the other", () => {
  expect(crossfade(red, blue, 0)).toBe(red);
  expect(crossfade(red, blue, 1)).toBe(blue);
});

test("half way is half of each, and stays opaque", () => {
  const [r, g, b, a] = crossfade(red, blue, 0.5).pixels;
  expect(Math.abs((r ?? 0) - 127.5)).toBeLessThanOrEqual(1);
  expect(g).toBe(0);
  expect(Math.abs((b ?? 0) - 127.5)).toBeLessThanOrEqual(1);
  expect(a).toBe(255);
});

test("a coarse frame fades into a fine one at the fine one's size", () => {
  const mixed = crossfade(flat(9, [0, 0, 0, 255]), flat(33, [200, 200, 200, 255]), 0.25);
  expect([mixed.width, mixed.height]).toEqual([33, 33]);
  expect(mixed.pixels[4 * 500]).toBe(50);
});

test("grids nest: a finer picture read at the coarser grid's points is the coarser picture", () => {
  const coarse = Uint8ClampedArray.from({ length: 4 * 81 }, (_, k) => (k * 37) % 256);
  const fine = resampled({ pixels: coarse, width: 9, height: 9 }, 33, 33);
  const back = resampled({ pixels: fine, width: 33, height: 33 }, 9, 9);
  expect(back).toEqual(coarse);
});
