/**
 * A slice that needs no model, for tests: next-token distributions are softmaxes of linear functions of (α, β).
 *
 * Each token pulls towards a place on the plane; the nearer a point is to it, the likelier the token. All three contexts
 * answer alike, and distances are Hellinger's to the distributions at A, B and C.
 */

import type { Json, NamedArray, ResultFile } from "../api/decode";
import { type Floats, type Slice, triple } from "./slice";
import { WHOLE, type Window } from "./view";

export interface Pull {
  readonly token: string;
  readonly alpha: number;
  readonly beta: number;
}

export const PULLS: readonly Pull[] = [
  { token: " yen", alpha: 0, beta: 0 },
  { token: " Swahili", alpha: 1, beta: 0 },
  { token: " America", alpha: 0.75, beta: 1 },
];

/** The example at `n`² points; `sharp` is the inverse temperature: 0 is flat, 40 has crisp borders. */
export function exampleSlice(
  n: number,
  {
    sharp = 30,
    pulls = PULLS,
    window = WHOLE,
  }: { sharp?: number; pulls?: readonly Pull[]; window?: Window } = {},
): Slice {
  const axis = ([low, high]: readonly [number, number]) =>
    Float32Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
  const [alpha, beta] = [axis(window.alpha), axis(window.beta)];
  const anchors: Slice["anchors"] = [
    [0, 0],
    [1, 0],
    [0.75, 1],
  ];
  const clean = triple((k) => softmax(pulls, anchors[k][0], anchors[k][1], sharp));
  const distance = new Float32Array(3 * n * n);
  const topToken = new Int32Array(3 * n * n);
  for (let cell = 0; cell < n * n; cell++) {
    const p = softmax(pulls, alpha[cell % n] ?? 0, beta[Math.floor(cell / n)] ?? 0, sharp);
    for (const k of [0, 1, 2] as const) {
      distance[k * n * n + cell] = hellinger(p, clean[k]);
      topToken[k * n * n + cell] = 10 + p.indexOf(Math.max(...p));
    }
  }
  const prompt = (k: 0 | 1 | 2) => ({
    text: `prompt ${k}`,
    tokens: ["<bos>", "prompt", ` ${k}`],
    ids: [0, 1, 2 + k],
    position: 2,
    top: clean[k]
      .map((probability, index) => ({ token: pulls[index]?.token ?? "", id: 10 + index, probability }))
      .sort((one, other) => other.probability - one.probability)
      .slice(0, 5),
  });
  return {
    key: "example",
    nx: n,
    ny: n,
    distance,
    planeLargest: null,
    topToken,
    computed: new Uint8Array(n * n).fill(1),
    alpha,
    beta,
    anchors,
    curve: new Float32Array(101),
    sharpness: 5.2,
    width: 0.06,
    tokens: new Map(pulls.map(({ token }, index) => [10 + index, token])),
    prompts: triple(prompt),
    recipe: { analysis: "slice", distance: "hellinger" },
    norms: { ba: 2, cx: 3, off: 0 },
    meta: {},
  };
}

function softmax(pulls: readonly Pull[], alpha: number, beta: number, sharp: number): number[] {
  const weights = pulls.map((pull) =>
    Math.exp(-sharp * ((alpha - pull.alpha) ** 2 + (beta - pull.beta) ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0) || 1;
  return weights.map((weight) => weight / sum);
}

function hellinger(p: readonly number[], q: readonly number[]): number {
  return Math.sqrt(p.reduce((sum, value, n) => sum + (Math.sqrt(value) - Math.sqrt(q[n] ?? 0)) ** 2, 0) / 2);
}

/** The result file that holds a slice: the inverse of `sliceOf`. */
export function fileOf(slice: Slice): ResultFile {
  const { nx, ny } = slice;
  const metadata: Record<string, Json> = {
    ...slice.meta,
    key: slice.key,
    recipe: slice.recipe,
    norms: slice.norms,
    prompts: JSON.parse(JSON.stringify(slice.prompts)),
    tokens: Object.fromEntries(slice.tokens),
    sharpness: slice.sharpness,
    width: slice.width,
  };
  const arrays = new Map<string, NamedArray>([
    ["distance", floating([3, ny, nx], slice.distance)],
    ["top_token", { dtype: "I32", shape: [3, ny, nx], data: slice.topToken }],
    ["computed", { dtype: "U8", shape: [ny, nx], data: slice.computed }],
    ["alpha", floating([nx], slice.alpha)],
    ["beta", floating([ny], slice.beta)],
    ["anchors", { dtype: "F32", shape: [3, 2], data: Float32Array.from(slice.anchors.flat()) }],
    ["curve", floating([slice.curve.length], slice.curve)],
  ]);
  if (slice.planeLargest) arrays.set("plane_largest", floating([3], Float32Array.from(slice.planeLargest)));
  return { arrays, metadata };
}

function floating(shape: readonly number[], data: Floats): NamedArray {
  return data instanceof Float64Array ? { dtype: "F64", shape, data } : { dtype: "F32", shape, data };
}
