import { expect, test } from "vitest";
import { coverage, sentence } from "./describe";
import { exampleSlice } from "./example";
import type { Slice } from "./slice";

test("the sentence names the answers, their shares, the regions and the sharpness", () => {
  expect(sentence(exampleSlice(65))).toBe(
    "A “yen” covers 32 %, B “Swahili” 25 %, C “America” 43 % of the window. It holds 3 regions. " +
      "Along A–B the sharpness is 5.2 (1 is a straight line, 10–90 % width 0.06).",
  );
});

test("shares add up to the whole window", () => {
  for (const sharp of [1, 5, 30]) {
    const { like, none } = coverage(exampleSlice(33, { sharp }));
    expect(like[0] + like[1] + like[2] + none).toBeCloseTo(1);
    expect(none).toBeGreaterThanOrEqual(0);
  }
});

test("what is like none of the three is said", () => {
  const pulls = [" yen", " Swahili", " America"].map((token, k) => ({
    token,
    alpha: [0, 1, 0.75][k] ?? 0,
    beta: [0, 0, 1][k] ?? 0,
  }));
  const slice = exampleSlice(65, { pulls: [...pulls, { token: " Paris", alpha: 0.45, beta: 0.45 }] });
  expect(sentence(slice)).toMatch(/of the window\. \d+ % is like none of the three\. It holds 4 regions\./);
});

test("prompts with one answer are spoken of together", () => {
  const slice = exampleSlice(33);
  const [a, b, c] = slice.prompts;
  const same: Slice = { ...slice, prompts: [a, { ...b, top: a.top }, c] };
  expect(sentence(same)).toMatch(/^A and B “yen” together cover \d+ %, C “America” \d+ % of the window\./);
});

test("a curve that has no sharpness is not spoken of", () => {
  expect(sentence({ ...exampleSlice(33), sharpness: null })).not.toMatch(/sharpness/);
});
