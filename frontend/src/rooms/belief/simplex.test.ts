import { expect, test } from "vitest";
import { coloured } from "../../field/beliefColour";
import { hiddenMarkov, type Process } from "../../field/process";
import { graphOf } from "./graph";
import { historiesOf, pathTo, rowOf, wordOf } from "./histories";
import { pairsOf } from "./pairs";
import { type Cloud, nearest, paint } from "./points";
import { onPaper, viewsOf, WHOLE_SIMPLEX, zoomed } from "./simplex";

const MESS3: Process = { name: "mess3", x: 0.05, alpha: 0.85 };
const RRXOR: Process = { name: "rrxor", p: 0.5, q: 0.5 };

test("three states are the corners of a triangle, and a belief is at their mean", () => {
  const [view] = viewsOf(MESS3, hiddenMarkov(MESS3));
  if (!view) throw new Error("no view");
  const at = onPaper(view, [1, 0, 0, 0, 0, 1, 1 / 3, 1 / 3, 1 / 3], 3, 3);
  for (const [n, value] of [0, 0, 0.5, Math.sqrt(3) / 2, 0.5, Math.sqrt(3) / 6].entries())
    expect(at[n]).toBeCloseTo(value, 6);
});

test("RRXOR lies along the paper's two differences, which tell 33 of its 35 beliefs", () => {
  const { made, rows } = historiesOf(RRXOR, 8);
  const [view] = viewsOf(RRXOR, made);
  if (!view || !rows) throw new Error("no view");
  expect(view.text).toBe("0 − 1 against T − F");
  const at = onPaper(view, rows.belief, rows.rows, rows.states);
  const seen = new Set(
    Array.from({ length: rows.rows }, (_, n) => `${at[2 * n]?.toFixed(5)} ${at[2 * n + 1]?.toFixed(5)}`),
  );
  expect(seen.size).toBe(33);
});

test("a product has a picture for each factor, where the other is summed over", () => {
  const product: Process = { name: "product", of: [MESS3, { name: "z1r", p: 0.5 }] };
  const made = hiddenMarkov(product);
  const [first, second] = viewsOf(product, made);
  expect([first?.text, second?.text]).toEqual(["factor 1: mess3", "factor 2: z1r"]);
  const belief = [0.2, 0, 0, 0.3, 0, 0, 0.5, 0, 0]; // A·0, B·0, C·0
  const at = onPaper(first as NonNullable<typeof first>, belief, 1, 9);
  expect(at[0]).toBeCloseTo(0.3 + 0.25, 6);
});

test("a belief's colour is its states' colours, mixed as they are believed", () => {
  expect([...coloured([1, 0, 0, 0.5, 0.5, 0], 2, 3)]).toEqual([255, 0, 0, 128, 128, 0]);
});

test("a typed word is found, its path is its prefixes, and an impossible one says why", () => {
  const { made, rows } = historiesOf(RRXOR, 6);
  if (!rows) throw new Error("no rows");
  const row = rowOf(made, rows, "0011");
  expect(typeof row).toBe("number");
  expect(pathTo(rows, row as number).map((at) => wordOf(made, rows, at))).toEqual(["0", "00", "001", "0011"]);
  expect(rowOf(made, rows, "00101" + "0")).toBeTypeOf("number");
  expect(rowOf(made, rows, "0x")).toContain("“x” is none of the tokens 0, 1");
  expect(rowOf(made, rows, "0000000")).toContain("7 tokens; at most 6");
  const z1r = historiesOf({ name: "z1r", p: 0.5 }, 5);
  if (!z1r.rows) throw new Error("no rows");
  expect(rowOf(z1r.made, z1r.rows, "111")).toBe("1 cannot follow 11: token 3 is impossible");
});

test("finitely many beliefs are a graph: 35 of RRXOR, 6 of zero-one-random; those of Mess3 never end", () => {
  const of = (process: Process, length: number) => {
    const { rows } = historiesOf(process, length);
    if (!rows) throw new Error("no rows");
    return graphOf(rows);
  };
  const rrxor = of(RRXOR, 8);
  expect(rrxor?.rows.length).toBe(35);
  for (let n = 0; n < 35; n++) {
    const out = rrxor?.edges.filter(({ from }) => from === n) ?? [];
    expect(out.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 9);
  }
  expect(of({ name: "z1r", p: 0.5 }, 6)?.rows.length).toBe(6);
  expect(of(MESS3, 5)).toBeNull();
});

test("the point under the pointer is the nearest one within reach", () => {
  const at = Float32Array.of(0, 0, 0.5, 0.5, 1, 0);
  expect(nearest(at, 0.52, 0.47, 0.1)).toBe(1);
  expect(nearest(at, 0.5, 0.1, 0.1)).toBe(-1);
});

test("points are painted where they are, and those outside the window are not", () => {
  const image = { width: 20, height: 20, data: new Uint8ClampedArray(4 * 400) } as unknown as ImageData;
  const cloud: Cloud = {
    at: Float32Array.of(0.5, 0.25, 7, 7),
    colour: Uint8ClampedArray.of(200, 0, 0, 0, 200, 0),
    large: 0,
  };
  paint(image, cloud, { x0: 0, y0: 0, side: 1 }, [0, 0, 0], 1);
  const lit = Array.from({ length: 400 }, (_, n) => n).filter((n) => (image.data[4 * n] as number) > 0);
  expect(lit).toEqual([15 * 20 + 10]);
  expect(Array.from({ length: 400 }, (_, n) => image.data[4 * n + 1]).every((green) => green === 0)).toBe(
    true,
  );
});

test("zooming keeps what is under the pointer there", () => {
  const near = zoomed(WHOLE_SIMPLEX, 0.3, 0.4, 0.5);
  expect((0.3 - near.x0) / near.side).toBeCloseTo((0.3 - WHOLE_SIMPLEX.x0) / WHOLE_SIMPLEX.side, 12);
  expect(zoomed(WHOLE_SIMPLEX, 0, 0, 100).side).toBe(WHOLE_SIMPLEX.side * 1.5);
});

test("distances of pairs agree with themselves exactly", () => {
  const { rows } = historiesOf(RRXOR, 5);
  if (!rows) throw new Error("no rows");
  const pairs = pairsOf(rows.belief, rows.belief, rows.rows);
  expect(pairs.r2).toBeCloseTo(1, 12);
  expect(pairs.counts.reduce((a, b) => a + b, 0)).toBe((rows.rows * (rows.rows - 1)) / 2);
});
