import { describe, expect, it } from "vitest";
import { ticks } from "./ticks";

describe("ticks", () => {
  it("are round numbers inside the range", () => {
    expect(ticks([-0.25, 1.25], 4)).toEqual([0, 0.5, 1]);
    expect(ticks([0, 10], 6)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticks([0.3, 0.31], 3)).toEqual([0.3, 0.305, 0.31]);
  });

  it("are never more than asked for", () => {
    for (let n = 0; n < 200; n++) {
      const width = 10 ** (-3 + (n % 50) / 10);
      const found = ticks([-0.37 * width, 0.63 * width], 3);
      expect(found.length).toBeLessThanOrEqual(3);
      for (const value of found) {
        expect(value).toBeGreaterThanOrEqual(-0.3701 * width);
        expect(value).toBeLessThanOrEqual(0.6301 * width);
      }
    }
  });
});
