import { describe, expect, it } from "vitest";
import type { NamedArray, ResultFile } from "../../api/decode";
import type { MeaningRequest, StudyCellRequest } from "../../api/types";
import { areaOf, areasOf, meaningFinding } from "./areas";
import { axisFor, type Cell, cellOf, cellsOf, finding, logScale } from "./cells";

const f32 = (...values: number[]): NamedArray => ({
  dtype: "F32",
  shape: [values.length],
  data: Float32Array.from(values),
});
const i64 = (...values: number[]): NamedArray => ({
  dtype: "I64",
  shape: [values.length],
  data: BigInt64Array.from(values.map(BigInt)),
});

function cell(model: string, step: number, median: number, more: Partial<Cell> = {}): Cell {
  return {
    key: `${model}${step}`,
    request: {} as Cell["request"],
    model,
    revision: `step${step}`,
    layer: 0,
    step,
    tokens: step * 640,
    parameters: model === "small" ? 1e5 : 1e6,
    sharpness: [median - 0.5, median, median + 0.5],
    width: [0.1, 0.2, 0.3],
    interval: [median - 0.1, median + 0.1],
    controls: {},
    pairs: 10,
    leftOut: 0,
    ...more,
  };
}

describe("cells", () => {
  const request = {
    analysis: "study_cell",
    model: { name: "small", revision: "step8" },
    write_layer: 2,
    pairs: 10,
  };

  it("are the rows of a finished study", () => {
    const file: ResultFile = {
      arrays: new Map([
        ["lower", f32(1)],
        ["median", f32(2)],
        ["upper", f32(3)],
        ["pairs", f32(9)],
        ["left_out", f32(1)],
        ["tokens", i64(5120)],
        ["step", i64(8)],
        ["parameters", i64(90304)],
        ["width_lower", f32(0.125)],
        ["width", f32(0.25)],
        ["width_upper", f32(0.5)],
      ]),
      metadata: { cells: [{ key: "k", request }] },
    };
    expect(cellsOf(file)).toMatchObject([
      {
        key: "k",
        model: "small",
        revision: "step8",
        layer: 2,
        sharpness: [1, 2, 3],
        width: [0.125, 0.25, 0.5],
        pairs: 9,
        leftOut: 1,
        tokens: 5120,
        parameters: 90304,
      },
    ]);
  });

  it("are each a result of their own while a study runs", () => {
    const file: ResultFile = {
      arrays: new Map([
        ["quartiles", f32(1, 2, 3)],
        ["width_quartiles", f32(0.125, 0.25, 0.5)],
      ]),
      metadata: { parameters: 90304, step: 8, tokens: null, left_out: { count: 3, why: {} } },
    };
    const found = cellOf({
      name: "",
      level: 0,
      key: "k",
      request: request as unknown as StudyCellRequest,
      value: file,
    });
    expect(found).toMatchObject({ pairs: 7, leftOut: 3, tokens: -1, step: 8, sharpness: [1, 2, 3] });
  });

  it("lie over what is known of all of them", () => {
    const all = [cell("small", 0, 1), cell("small", 8, 2, { tokens: -1 })];
    expect(axisFor(all, "tokens")).toBe("steps");
    expect(axisFor(all, "parameters")).toBe("parameters");
    expect(axisFor([cell("x", 0, 1, { tokens: -1, step: -1 })], "tokens")).toBe("parameters");
  });
});

describe("a logarithmic axis", () => {
  it("has a place for nothing, left of the smallest value", () => {
    const scale = logScale([0, 1, 100, 10_000], String);
    expect(scale.place(0)).toBe(0);
    expect(scale.place(10_000)).toBe(1);
    expect(scale.place(100) - scale.place(1)).toBeCloseTo(scale.place(10_000) - scale.place(100));
    expect(scale.ticks.map((tick) => tick.text)).toEqual(["0", "1", "10", "100", "1000", "10000"]);
  });

  it("puts a single value in the middle", () => {
    expect(logScale([500], String).place(500)).toBe(0.5);
  });
});

describe("the finding", () => {
  it("says that training sharpens, and that size does", () => {
    const words = finding([
      cell("small", 0, 1.3),
      cell("small", 8, 2),
      cell("large", 0, 1.3),
      cell("large", 8, 3),
    ]);
    expect(words).toBe(
      "Training sharpens every size: median sharpness 1.30 → 2.00 (small), 1.30 → 3.00 (large). Larger models are sharper, size by size.",
    );
  });

  it("says plainly where they do not", () => {
    expect(finding([cell("small", 0, 2), cell("small", 8, 1)])).toContain("Training sharpens 0 of 1");
    expect(finding([cell("small", 8, 3), cell("large", 8, 2)])).toBe(
      "The largest model is not sharper than the smallest here.",
    );
    const middle = cell("middle", 8, 2, { parameters: 5e5 });
    expect(finding([cell("small", 8, 2.5), middle, cell("large", 8, 3)])).toContain(
      "middle is not above the size before it",
    );
  });

  it("counts as sharper only what is so beyond both intervals", () => {
    const wide = { interval: [1, 2] as const };
    expect(finding([cell("small", 0, 1.3), cell("small", 8, 1.4, wide)])).toContain("sharpens 0 of 1");
    const ends = [cell("small", 8, 2), cell("large", 8, 2.1)];
    expect(finding(ends)).toBe("The largest model is not sharper than the smallest here.");
  });

  it("says where the last block alone is as sharp", () => {
    const bent = { controls: { last_block: 6 } };
    expect(finding([cell("small", 8, 2, bent), cell("large", 8, 3, bent)])).toContain(
      "All of them are as sharp",
    );
    const straight = { controls: { last_block: 1.3 } };
    expect(finding([cell("small", 8, 2, bent), cell("large", 8, 3, straight)])).toContain(
      "small is as sharp",
    );
  });

  it("ends with the controls at the last checkpoints", () => {
    const controls = { last_block: 1.3, random: 1.5 };
    const more = { last_block: 1.4, random: 1.5 };
    expect(finding([cell("small", 8, 2, { controls }), cell("large", 8, 3, { controls: more })])).toBe(
      "Larger models are sharper, size by size. Controls at the end: 1.30 to 1.40 written after the last block, 1.50 between random activations.",
    );
  });

  it("says nothing of nothing", () => {
    expect(finding([])).toBe("");
  });
});

describe("areas", () => {
  const scores = ["end_distance", "farthest", "one_token", "anchor_distance", "anchor_cosine"];
  const at = (revision: string, layer: number) => ({
    analysis: "meaning",
    model: { name: "m", revision },
    write_layer: layer,
  });

  it("are a row a cell, in the order of the scores", () => {
    const file: ResultFile = {
      arrays: new Map([["auc", f32(0.5, 0, 0.25, 1, 0.75, 1, 1, 1, 0.5, 0.5)]]),
      metadata: { scores, cells: [{ request: at("step0", 1) }, { request: at("step8", 1) }] as never },
    };
    const found = areasOf(file);
    expect(found[0]).toMatchObject({
      revision: "step0",
      layer: 1,
      of: { end_distance: 0.5, anchor_cosine: 0.75 },
    });
    expect(meaningFinding(found, 1, ["step0", "step8"])).toContain(
      "1.00 of the time (AUC; 0.50 is guessing); at step0 it was 0.50",
    );
  });

  it("come one by one too", () => {
    const file: ResultFile = { arrays: new Map([["auc", f32(1, 1, 0.5, 0.25, 0)]]), metadata: { scores } };
    expect(
      areaOf({
        name: "",
        level: 0,
        key: "k",
        request: at("step8", 2) as unknown as MeaningRequest,
        value: file,
      }),
    ).toMatchObject({
      layer: 2,
      of: { one_token: 0.5, anchor_distance: 0.25 },
    });
  });
});
