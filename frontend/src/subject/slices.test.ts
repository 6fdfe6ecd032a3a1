import { describe, expect, it } from "vitest";
import { exampleSlice } from "../field/example";
import { asking } from "./fixture";
import { recalled, remember } from "./slices";

const request = asking("facts-4l", ["one", "two", "three"], 1).slice;

describe("slices that the page has", () => {
  it("are found again on any grid, the finest of each place", () => {
    const [coarse, fine] = [exampleSlice(9), exampleSlice(33)];
    remember({ ...request, resolution: 33, prepend_bos: true }, fine);
    remember({ ...request, resolution: 9, prepend_bos: true }, coarse);
    expect(recalled({ ...request, resolution: 17 })).toBe(fine);
  });

  it("are not taken for another place, window or start", () => {
    remember({ ...request, prepend_bos: true }, exampleSlice(9));
    for (const other of [
      { ...request, write_layer: 2 },
      { ...request, model: { ...request.model, revision: "step8" } },
      { ...request, prompts: ["one", "two", "four"] as [string, string, string] },
      { ...request, window: { alpha: [0, 1] as [number, number], beta: [0, 1] as [number, number] } },
      { ...request, prepend_bos: false },
      { ...request, tilt: { degrees: 10, seed: 0 } },
    ])
      expect(recalled(other)).toBeUndefined();
  });
});
