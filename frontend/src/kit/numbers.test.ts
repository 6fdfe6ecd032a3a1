import { expect, it } from "vitest";
import { ago, amount, bytes, compact, coordinate, duration, share, whole } from "./numbers";

it("groups thousands", () => expect(whole(1536)).toBe("1,536"));

it("shortens large counts to two figures", () => {
  expect([620_000, 60_000, 1_500, 999, 70_400_000, 6_900_000_000, 2.75e12].map(compact)).toEqual([
    "0.62 M",
    "60 k",
    "1.5 k",
    "999",
    "70 M",
    "6.9 B",
    "2.8 T",
  ]);
});

it("shortens amounts of work to the same unit where they are compared", () => {
  expect([812, 6_254, 9_960, 202_800, 999_600, 1_234_000].map(amount)).toEqual([
    "812",
    "6.3 k",
    "10 k",
    "203 k",
    "1.0 M",
    "1.2 M",
  ]);
});

it("never shows a probability as a false 0 or a false 1", () => {
  expect([1, 0.9971, 0.98, 0.012, 0.004, 0.0001, 0].map(share)).toEqual([
    "1.00",
    "0.997",
    "0.98",
    "0.01",
    "0.004",
    "<0.001",
    "<0.001",
  ]);
});

it("says durations as people do", () => {
  expect([0.001, 0.31, 12.4, 150].map(duration)).toEqual(["0.01 s", "0.3 s", "12 s", "3 min"]);
});

it("gives coordinates more decimals in a narrower window, and no minus to zero", () => {
  expect(coordinate(0.123456)).toBe("0.12");
  expect(coordinate(0.123456, 0.01)).toBe("0.1235");
  expect(coordinate(0.4123456789012, 1e-11)).toBe("0.4123456789012");
  expect(coordinate(-0.0001)).toBe("0.00");
  expect(coordinate(-0.25)).toBe("−0.25");
});

it("says sizes as disks are sold", () => {
  expect([0, 812, 99_400, 1_234_000, 52_000_000, 999_900_000, 15_300_000_000, 2.4e12].map(bytes)).toEqual([
    "0 B",
    "812 B",
    "99 kB",
    "1.2 MB",
    "52 MB",
    "1.0 GB",
    "15 GB",
    "2.4 TB",
  ]);
});

it("says how long ago something was", () => {
  expect([4, 150, 3 * 3600 + 50, 47 * 3600, 75 * 3600].map(ago)).toEqual([
    "just now",
    "2 min ago",
    "3 h ago",
    "47 h ago",
    "3 days ago",
  ]);
});
