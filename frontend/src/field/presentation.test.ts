import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MOST_WORDS, present } from "./presentation";
import { hiddenMarkov, numbersOf, type Process, wrongWith } from "./process";

interface Case {
  readonly process: Process;
  readonly length: number;
  readonly tokens: readonly string[];
  readonly states: readonly string[];
  readonly word: readonly number[];
  readonly size: readonly number[];
  readonly parent: readonly number[];
  readonly probability: readonly number[];
  readonly belief: readonly number[];
  readonly next: readonly number[];
  readonly entropy: readonly number[];
}

const golden = JSON.parse(readFileSync("../tests/golden/presentation.json", "utf8")) as readonly Case[];

function farthest(one: Iterable<number>, other: readonly number[]): number {
  const found = [...one];
  expect(found.length).toBe(other.length);
  return found.reduce((most, value, n) => Math.max(most, Math.abs(value - (other[n] as number))), 0);
}

test("the server's presentations and the page's are the same to 1e-12", () => {
  expect(golden.length).toBeGreaterThan(9);
  for (const kept of golden) {
    const process = hiddenMarkov(kept.process);
    const found = present(process, kept.length);
    if (!found) throw new Error(`${kept.process.name} is not enumerated`);
    expect([process.tokens, process.states]).toEqual([kept.tokens, kept.states]);
    expect([...found.word]).toEqual(kept.word);
    expect([...found.size]).toEqual(kept.size);
    expect([...found.parent]).toEqual(kept.parent);
    expect(farthest(found.probability, kept.probability)).toBeLessThan(1e-12);
    expect(farthest(found.belief, kept.belief)).toBeLessThan(1e-12);
    expect(farthest(found.next, kept.next)).toBeLessThan(1e-12);
    expect(farthest(found.entropy, kept.entropy)).toBeLessThan(1e-12);
    expect(wrongWith(kept.process)).toBeUndefined();
  }
});

test("all 88,572 histories of Mess3 to ten tokens, and the bound they give", () => {
  const found = present(hiddenMarkov({ name: "mess3", x: 0.05, alpha: 0.85 }), 10);
  expect(found?.rows).toBe(88_572);
  const bound = (found?.entropy.slice(1).reduce((a, b) => a + b, 0) ?? 0) / 10;
  expect(bound).toBeCloseTo(0.802511775, 9);
});

test("what would be more histories than the page enumerates is left to the server", () => {
  const product: Process = {
    name: "product",
    of: [
      { name: "mess3", x: 0.05, alpha: 0.85 },
      { name: "z1r", p: 0.5 },
    ],
  };
  expect(present(hiddenMarkov(product), 10)).toBeUndefined();
  expect(MOST_WORDS).toBe(200_000);
});

const half = [
  [0.5, 0],
  [0, 0.5],
];

test.each([
  [
    "sum to 0.9",
    [
      [
        [0.4, 0],
        [0, 0.5],
      ],
      half,
    ],
    "ab",
  ],
  ["is not 2 × 2", [half, [[0.5, 0]]], "ab"],
  [
    "no chance",
    [
      [
        [-0.5, 1],
        [0.5, 0],
      ],
      half,
    ],
    "ab",
  ],
  ["same letter", [half, half], "aa"],
  ["never reached", [half, half], "ab"],
] as const)("matrices that are no process are refused in words: %s", (words, matrices, tokens) => {
  expect(wrongWith({ name: "matrices", matrices, tokens })).toContain(words);
});

test("a word is read in the process' tokens, and the first wrong letter is named", () => {
  const product = hiddenMarkov({
    name: "product",
    of: [
      { name: "mess3", x: 0.05, alpha: 0.85 },
      { name: "z1r", p: 0.5 },
    ],
  });
  expect(numbersOf(product, "A0C1")).toEqual([0, 5]);
  expect(numbersOf(product, "A0x")).toEqual({ wrong: 1, at: "x" });
});
