import { describe, expect, it } from "vitest";
import { momentsOf, position, spaced, stepIn } from "./steps";

const at = (steps: readonly number[]) => momentsOf(steps.map((step) => ({ step, tokens: null })));

describe("the axis of training", () => {
  it("gives each doubling of the step the same length", () => {
    const moments = at([0, 1, 3, 7, 15]);
    expect([0, 1, 2, 3, 4].map((i) => position(moments, i))).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it("takes tokens where steps are unknown, and mere order where both are", () => {
    expect(momentsOf([{ step: null, tokens: 5 }]).unit).toBe("training tokens");
    const order = momentsOf([
      { step: null, tokens: null },
      { step: null, tokens: null },
      { step: 3, tokens: null },
    ]);
    expect(order.unit).toBe("checkpoints");
    expect([0, 1, 2].map((i) => position(order, i))).toEqual([0, 0.5, 1]);
  });

  it("puts a single checkpoint in the middle and equal ones at finite places", () => {
    expect(position(at([5]), 0)).toBe(0.5);
    expect(position(at([5, 5]), 1)).toBe(1);
  });

  it("reads steps from the names that hubs use", () => {
    expect(
      ["step512", "checkpoint-400", "step1000-tokens4B", "stage1-step7-tokens1B", "main"].map(stepIn),
    ).toEqual([512, 400, 1000, 7, null]);
  });

  it("leaves out what would overlap, first come first kept", () => {
    const places = [0, 0.04, 0.5, 0.97, 1];
    expect([...spaced(places, 0.1, [4, 0])].sort()).toEqual([0, 2, 4]);
  });
});
