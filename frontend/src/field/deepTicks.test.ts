import { expect, it } from "vitest";
import { deep, deepTitle } from "./deepTicks";

it("leaves wide ranges plain", () => expect(deep([-0.25, 1.25])).toBeNull());

it("counts from the middle in units that leave ticks of one or two digits", () => {
  const found = deep([0.41234568, 0.41234598]);
  expect(found?.power).toBe(-7);
  expect(found?.range[0]).toBeCloseTo(-1.5, 5);
  expect(found?.range[1]).toBeCloseTo(1.5, 5);
  expect(deepTitle("α", found ?? { from: 0, power: 0, range: [0, 1] })).toBe("α = 0.41234583 + ticks × 10⁻⁷");
});

it("puts every place of a range of doubles where it is, to a hundredth of the range", () => {
  const [low, high] = [0.7, 0.7 + 3e-13] as const;
  const found = deep([low, high]);
  const unit = 10 ** (found?.power ?? 0);
  expect(((found?.from ?? 0) + unit * (found?.range[0] ?? 0) - low) / (high - low)).toBeCloseTo(0, 2);
  expect((found?.range[1] ?? 0) - (found?.range[0] ?? 0)).toBeCloseTo((high - low) / unit, 3);
});

it("has nothing to count in an empty range", () => expect(deep([0.5, 0.5])).toBeNull());
