import { expect, test } from "vitest";
import { dithered } from "./dither";

const GREYS = [
  [0, 0, 0],
  [64, 64, 64],
  [128, 128, 128],
  [255, 255, 255],
];

function flat(value: number, size = 16): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: 4 * size * size }, (_, n) => (n % 4 === 3 ? 255 : value));
}

test("a colour that the palette has is left alone", () => {
  for (const [index, [value]] of GREYS.entries()) {
    expect(new Set(dithered(flat(value ?? 0), 16, GREYS))).toEqual(new Set([index]));
  }
});

test("a colour between two of the palette is, on average, itself", () => {
  for (const value of [10, 32, 50, 90, 120, 190]) {
    const indices = dithered(flat(value), 16, GREYS);
    const mean = indices.reduce((sum, index) => sum + (GREYS[index]?.[0] ?? 0), 0) / indices.length;
    expect(Math.abs(mean - value)).toBeLessThanOrEqual(127 / 16);
  }
});

test("the pattern is fixed to the page: equal pictures give equal indices", () => {
  expect(dithered(flat(77), 16, GREYS)).toEqual(dithered(flat(77), 16, GREYS));
});
