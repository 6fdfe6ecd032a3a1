import { expect, it } from "vitest";
import type { Along } from "../field/along";
import type { Inside } from "../field/inside";
import { curvesCsv, insideCsv } from "./curves";

const along = (curve: number[], tokens: string[] = []): Along => ({
  curve: Float32Array.from(curve),
  sharpness: 1,
  width: 0.8,
  position: 0.5,
  low: 0.1,
  high: 0.9,
  endDistance: 1,
  context: "A",
  names: [],
  tokens,
  coordinates: new Float32Array(0),
  why: null,
  controls: [],
});

it("curves of several checkpoints are one table, a row a point", () => {
  const table = curvesCsv([
    {
      along: along([0, 0.1, 1], [" Paris", " Paris, France", " Tokyo"]),
      labels: { revision: "step0", step: 0 },
    },
    { along: along([0, 0.5, 1], ["a", "b", "c"]), labels: { revision: "step8", step: 8 } },
  ]);
  const rows = table.trim().split("\n");
  expect(rows[0]).toBe("revision,step,alpha,curve,top_token");
  expect(rows).toHaveLength(7);
  expect(rows[2]).toBe('step0,0,0.5,0.1," Paris, France"');
  expect(rows[6]).toBe("step8,8,1,1,c");
});

it("a line's coordinates are two columns, and names are left out where none are known", () => {
  const placed = { ...along([0, 1]), coordinates: Float32Array.of(0, 0, 0.25, 0.5) };
  expect(curvesCsv([{ along: placed, labels: {} }])).toBe(
    "alpha,curve,coordinates_alpha,coordinates_beta\n0,0,0,0\n1,1,0.25,0.5\n",
  );
});

it("what is inside has a column for each block, and no flips before the first step", () => {
  const inside: Inside = {
    along: along([0, 1, 1], ["a", "b", "b"]),
    blocks: [3, 4],
    flips: [
      [1, 2],
      [3, 4],
    ],
    ends: [3, 7],
    gradient: [1, 2, 3],
    together: [
      [0.1, 0.2, 0.3],
      [0.4, Number.NaN, 0.6],
    ],
    apart: [
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
      [
        [3, 3, 3],
        [4, 4, 4],
      ],
    ],
  };
  const rows = insideCsv(inside).trim().split("\n");
  expect(rows[0]).toContain(
    "flips_3,flips_4,compression_attention_3,compression_attention_4,compression_mlp_3",
  );
  expect(rows[1]?.split(",").slice(6, 8)).toEqual(["", ""]);
  expect(rows[2]?.split(",").slice(2)).toEqual(["b", "2", "0.2", "", "1", "3", "1", "2", "3", "4"]);
});
