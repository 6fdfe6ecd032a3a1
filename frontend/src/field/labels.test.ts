import { describe, expect, test } from "vitest";
import { exampleSlice, PULLS, type Pull } from "./example";
import { type Box, type Label, type LabelOptions, placeLabels } from "./labels";
import { atlas } from "./regionMap";
import { regions } from "./regions";

const PLACE: Box = { left: 10, top: 20, width: 600, height: 600 };
const MANY: readonly Pull[] = [
  ...PULLS,
  { token: " Paris", alpha: 0.45, beta: 0.45 },
  { token: " Hindi", alpha: 1.1, beta: 0.6 },
  { token: " Euro", alpha: -0.2, beta: 0.9 },
  { token: " a very long name for a small country", alpha: 0.3, beta: 1.2 },
];

function options(n: number, more: Partial<LabelOptions> = {}): LabelOptions {
  return {
    nx: n,
    ny: n,
    place: PLACE,
    clip: PLACE,
    textOf: (token) => MANY[token - 10]?.token.trim() ?? `#${token}`,
    measure: (text, size) => 0.55 * size * text.length,
    discs: [
      { x: 110, y: 520, radius: 14 },
      { x: 510, y: 520, radius: 14 },
      { x: 410, y: 120, radius: 14 },
    ],
    boxes: [{ left: 110, top: 516, width: 400, height: 8 }],
    sizes: [11, 30],
    ...more,
  };
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

describe.each([9, 33, 129])("on a grid of %d²", (n) => {
  const { regions: found } = atlas(exampleSlice(n, { pulls: MANY }));
  const labels = placeLabels(found, options(n));

  test("most regions have a name, and the three large ones too", () => {
    expect(labels.length).toBeGreaterThanOrEqual(5);
  });

  test("no label overlaps another, an anchor or the path between A and B", () => {
    for (const [index, label] of labels.entries()) {
      for (const other of labels.slice(index + 1)) expect(overlap(label.box, other.box)).toBe(false);
      for (const box of options(n).boxes) expect(overlap(label.box, box)).toBe(false);
      for (const { x, y, radius } of options(n).discs) {
        const [dx, dy] = [
          nearestTo(x, label.box.left, label.box.width),
          nearestTo(y, label.box.top, label.box.height),
        ];
        expect(Math.hypot(x - dx, y - dy)).toBeGreaterThanOrEqual(radius);
      }
    }
  });

  test("each label lies within its own region, but for a corner of a cell", () => {
    const step = PLACE.width / (n - 1);
    for (const label of labels) {
      const within = spots(label).filter(([x, y]) => {
        const [i, j] = [Math.round((x - PLACE.left) / step), n - 1 - Math.round((y - PLACE.top) / step)];
        return found.list[found.of[j * n + i] ?? -1] === label.region;
      });
      expect(within.length).toBeGreaterThanOrEqual(390);
    }
  });

  test("a larger region never has smaller letters where both have room", () => {
    const free = labels.filter((label) => label.share !== "" && label.text.length < 8);
    for (const [index, label] of free.entries()) {
      for (const later of free.slice(index + 1)) expect(later.size).toBeLessThanOrEqual(label.size * 1.2);
    }
  });
});

/** 400 places evenly over a label's box. */
function spots({ box }: Label): [number, number][] {
  return Array.from({ length: 400 }, (_, n) => [
    box.left + (((n % 20) + 0.5) / 20) * box.width,
    box.top + ((Math.floor(n / 20) + 0.5) / 20) * box.height,
  ]);
}

function nearestTo(value: number, low: number, length: number): number {
  return Math.max(low, Math.min(low + length, value));
}

test("one region gets one name, in the middle, as large as names are, with its share", () => {
  const [label, ...more] = placeLabels(
    regions(new Int32Array(81).fill(10), 9, 9),
    options(9, { discs: [], boxes: [] }),
  );
  expect(more).toEqual([]);
  expect([label?.x, label?.y]).toEqual([310, 320]);
  expect([label?.text, label?.share, label?.size]).toEqual(["yen", "100 %", 30]);
});

test("a name that does not fit its region is left out, not squeezed", () => {
  const wide = placeLabels(
    regions(new Int32Array(81).fill(10), 9, 9),
    options(9, { textOf: () => "x".repeat(200) }),
  );
  expect(wide).toEqual([]);
});

test("an odd cell here and there does not drive a name away", () => {
  const n = 65;
  const ids = new Int32Array(n * n).fill(10);
  for (let at = 40; at < ids.length; at += 97) ids[at] = 11;
  const [label] = placeLabels(regions(ids, n, n), options(n, { discs: [], boxes: [] }));
  expect(label?.size).toBe(30);
});

test("names stay in the part of the page that shows", () => {
  const clip = { left: 300, top: 200, width: 200, height: 200 };
  for (const { box } of placeLabels(atlas(exampleSlice(65)).regions, options(65, { clip }))) {
    expect(
      box.left >= 300 && box.top >= 200 && box.left + box.width <= 500 && box.top + box.height <= 400,
    ).toBe(true);
  }
});
