/** The room's link: read back as written, and refused in words where it makes no sense. */

import { expect, test } from "vitest";
import { dynamics, FIRST } from "./link";
import { PRESETS, viewOf } from "./presets";
import { withError } from "./words";

const took = (text: string): string[] => dynamics.take(new URLSearchParams(text));

test("a link of version 1 goes on opening", () => {
  expect(took("seed=1&M=3&L=4&gamma=220&eps=0.02&from=1.24&to=1.28&beta=1.266&m=1&by=2")).toEqual([]);
  expect(dynamics.peek()).toEqual({ ...FIRST, from: 1.24, to: 1.28, beta: 1.266 });
});

test("every preset is read back as it is written", () => {
  for (const preset of PRESETS) {
    if (!preset) continue;
    const view = viewOf(preset);
    const link = new URLSearchParams(dynamics.with(view).texts.map(([name, text]) => [name, text]));
    expect(dynamics.take(link)).toEqual([]);
    expect(dynamics.peek()).toEqual(view);
  }
});

test("what makes no sense is said, and the rest is shown", () => {
  for (const bad of ["beta=-1", "beta=NaN", "L=5", "M=0", "eps=2", "from=2&to=1", "seed=-3", "M=2&by=3"])
    expect(took(bad)).toHaveLength(1);
  expect(took("L=5")[0]).toContain("expected one of 1, 2, 3, 4, 8");
  took("M=1");
  expect(dynamics.peek()).toMatchObject({ features: 1, feature: 1, across: 1 });
});

test("an exponent has the digits that its error leaves", () => {
  expect(withError(0.14612, 0.0029)).toBe("0.1461 ± 0.0029");
  expect(withError(-0.0003, 0.00019)).toBe("−0.00030 ± 0.00019");
});
