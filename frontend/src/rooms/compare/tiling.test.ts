import { describe, expect, it } from "vitest";
import { tiling } from "./tiling";

const NOTHING = { width: 0, height: 0 };

describe("tiles", () => {
  it.each([
    [1, 300, 200, 1, 200],
    [3, 900, 300, 3, 300],
    [4, 800, 800, 2, 400],
    [6, 900, 600, 3, 300],
    [5, 200, 1000, 1, 200],
  ])("%i in %i × %i stand in %i columns of %i", (count, width, height, columns, side) => {
    expect(tiling(count, { width, height }, NOTHING, 0)).toEqual({ columns, side });
  });

  it("leave room for what is around them and between them", () => {
    const { columns, side } = tiling(6, { width: 1300, height: 600 }, { width: 30, height: 90 }, 16);
    expect(columns * (side + 30) + 16 * (columns - 1)).toBeLessThanOrEqual(1300);
    expect(Math.ceil(6 / columns) * (side + 90) + 16).toBeLessThanOrEqual(600);
  });

  it("have no side where there is no room", () => {
    expect(tiling(3, { width: 0, height: 0 }, { width: 10, height: 10 }, 4).side).toBe(0);
  });
});
