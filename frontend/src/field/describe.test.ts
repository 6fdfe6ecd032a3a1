import { expect, test } from "vitest";
import { coverage, sentence } from "./describe";
import { exampleSlice, PULLS } from "./example";
import { atlas } from "./regionMap";
import type { Slice } from "./slice";

const PARIS = { token: " Paris", alpha: 0.45, beta: 0.45 };

test("the sentence names the answers, their shares, the regions and the sharpness", () => {
  expect(sentence(exampleSlice(65))).toBe(
    "A “yen” covers 32 %, B “Swahili” 25 %, C “America” 43 % of the window. It holds 3 regions. " +
      "From A to B the sharpness is 5.2 (a straight line has 1), and 80 % of the change takes 0.06 of the way.",
  );
});

test("shares are those that stand on the map, and add up to the whole window", () => {
  for (const sharp of [1, 5, 30]) {
    const slice = exampleSlice(33, { sharp, pulls: [...PULLS, PARIS] });
    const { named, other } = coverage(slice);
    const { list } = atlas(slice).regions;
    const onMap = (token: number) =>
      list.filter((r) => r.token === token).reduce((sum, r) => sum + r.fraction, 0);
    expect(named[0]).toBeCloseTo(onMap(10));
    expect(other).toBeCloseTo(onMap(13));
    expect(named[0] + named[1] + named[2] + other).toBeCloseTo(1);
  }
});

test("other names, and what is like none of the three, are said", () => {
  expect(sentence(exampleSlice(65, { pulls: [...PULLS, PARIS] }))).toMatch(
    /of the window; \d+ % has other names\. \d+ % is like none of the three\. It holds 4 regions\./,
  );
});

test("prompts with one answer are spoken of together, and their share is counted once", () => {
  const slice = exampleSlice(33);
  const [a, b, c] = slice.prompts;
  const same: Slice = { ...slice, prompts: [a, { ...b, top: a.top }, c] };
  expect(sentence(same)).toMatch(
    /^A and B “yen” together cover 32 %, C “America” 43 % of the window; 25 % has other/,
  );
});

test("one region is called so", () => {
  const [yen] = PULLS;
  expect(sentence(exampleSlice(17, { pulls: yen ? [yen] : [] }))).toMatch(
    /^A, B and C “yen” together cover 100 % of the window\. All of it is one region\./,
  );
});

test("a curve that has no sharpness is not spoken of", () => {
  expect(sentence({ ...exampleSlice(33), sharpness: null })).not.toMatch(/sharpness/);
});
