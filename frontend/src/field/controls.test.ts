import { describe, expect, it } from "vitest";
import type { ResultFile } from "../api/decode";
import { controlsOf, controlsSentence } from "./controls";

const file = (sharp: readonly number[], metadata: ResultFile["metadata"]): ResultFile => ({
  arrays: new Map([
    [
      "control",
      { dtype: "F32", shape: [3, 3], data: Float32Array.from([0, 0.5, 1, 0, 0.25, 1, 0, 0.75, 1]) },
    ],
    ["control_sharpness", { dtype: "F32", shape: [3], data: Float32Array.from(sharp) }],
  ]),
  metadata,
});
const NAMES = { controls: ["last_block", "final_line", "random"] };

describe("controls", () => {
  it("are the rows of a curve, by their names", () => {
    const found = controlsOf(file([2, 1.5, 1.25], NAMES));
    expect(found.map(({ name, sharpness, curve }) => [name, sharpness, curve])).toEqual([
      ["last block", 2, [0, 0.5, 1]],
      ["line of outputs", 1.5, [0, 0.25, 1]],
      ["random ends", 1.25, [0, 0.75, 1]],
    ]);
    expect(controlsSentence(found)).toBe(
      "Controls: 2.0 written after the last block, 1.5 on the straight line between the outputs, 1.3 between random activations.",
    );
  });

  it("leave out what does not move, and are none where a result has none", () => {
    expect(controlsOf(file([Number.NaN, 1.5, 1.25], NAMES)).map(({ name }) => name)).toEqual([
      "line of outputs",
      "random ends",
    ]);
    expect(controlsOf({ arrays: new Map(), metadata: {} })).toEqual([]);
    expect(controlsSentence([])).toBe("");
  });
});
