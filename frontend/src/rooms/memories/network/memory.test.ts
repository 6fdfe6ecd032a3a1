import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { uniform } from "./chance";
import { chosen, digitsOf, TRAINING } from "./digits";
import { begin, iterated, type Rule, SETTINGS, seen, store } from "./memory";
import { logNormaliser } from "./rules";
import { masked, noisy } from "./tasks";
import { decode, embedding, encode, pixelOf, siteOf } from "./tokens";

/** Milliseconds; a second suffices on an idle machine. */
const PATIENCE = 60_000;

interface Run {
  readonly rule: Rule;
  readonly patterns: number;
  readonly visible: readonly [boolean[], boolean[]];
  /** [moment, image, pixel] */
  readonly seen: readonly (readonly (readonly number[])[])[];
}

const golden = JSON.parse(readFileSync("../tests/golden/memory.json", "utf8")) as {
  readonly moments: readonly number[];
  readonly runs: readonly Run[];
};
const digits = digitsOf(readFileSync("../backend/stable_regions/suites/images/digits.bin"));
const training = digits.images.slice(0, TRAINING);

describe("a network of the page", () => {
  it.each(golden.runs)(
    "iterates as the server’s does: $rule, $patterns stored",
    (run) => {
      const stored = chosen(digits.labels, 1, run.patterns);
      const memory = store(
        run.rule,
        stored.map((n) => training[n] as Float64Array),
        training,
        1,
      );
      const [first, second] = digits.images.slice(TRAINING) as [Float64Array, Float64Array];
      const visible = masked(0.3, 1);
      expect(visible).toEqual(run.visible[0]);
      [
        { image: first, hidden: visible },
        { image: noisy(second, 0.7, 1), hidden: undefined },
      ].forEach(({ image, hidden }, which) => {
        let state = begin(memory, image, hidden);
        for (let t = 0; t <= 30; t++) {
          const moment = golden.moments.indexOf(t);
          if (moment >= 0) {
            const expected = run.seen[moment]?.[which] as readonly number[];
            const away = seen(memory, state).map((grey, n) => Math.abs(grey - (expected[n] as number)));
            expect(Math.max(...away)).toBeLessThan(1e-5);
          }
          state = iterated(memory, state, t === 0 ? hidden : undefined);
        }
      });
    },
    PATIENCE,
  );

  it(
    "holds five digits with the normaliser",
    () => {
      const stored = chosen(digits.labels, 0, 5).map((n) => training[n] as Float64Array);
      const memory = store("normalised", stored, training, 0, SETTINGS.normalised);
      for (const image of stored) {
        let state = begin(memory, image);
        for (let t = 0; t < 100; t++) state = iterated(memory, state);
        const found = seen(memory, state);
        expect(
          Math.sqrt(found.reduce((sum, grey, n) => sum + (grey - (image[n] as number)) ** 2, 0) / 64),
        ).toBeLessThan(0.15);
      }
    },
    PATIENCE,
  );
});

describe("tokens", () => {
  it("give the image back", () => {
    const f = embedding(4);
    const image = uniform(0, 5, 64);
    decode(encode(image, f), f).forEach((grey, n) => {
      expect(grey).toBeCloseTo(image[n] as number, 12);
    });
  });

  it("know their pixels", () => {
    for (let site = 0; site < 16; site++)
      for (let inside = 0; inside < 4; inside++) expect(siteOf(pixelOf(site, inside))).toBe(site);
  });
});

describe("the sphere’s normaliser", () => {
  it("has the slope that it says", () => {
    for (const kappa of [0.5, 6, 40]) {
      const [above] = logNormaliser(kappa + 1e-5);
      const [below] = logNormaliser(kappa - 1e-5);
      expect(logNormaliser(kappa)[1]).toBeCloseTo((above - below) / 2e-5, 6);
    }
    expect(logNormaliser(0)).toEqual([0, 0]);
  });
});
