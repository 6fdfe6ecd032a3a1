/**
 * A slice as the page holds it: three distances at every point of a grid over the plane of A, B and C.
 *
 * Arrays are row-major with row 0 at the lowest β: the value of anchor k at column i, row j is `k·ny·nx + j·nx + i`.
 */

import { DecodeError, isObject, type Json, type NamedArray, type ResultFile } from "../api/decode";

export type Triple<T> = readonly [T, T, T];

/** Which anchor: 0 is A, 1 is B, 2 is C. */
export type Anchor = 0 | 1 | 2;
export const ANCHORS: Triple<Anchor> = [0, 1, 2];
export const LETTERS: Triple<string> = ["A", "B", "C"];

export interface Prediction {
  readonly token: string;
  readonly id: number;
  readonly probability: number;
}

export interface PromptInfo {
  readonly text: string;
  /** The prompt's tokens as a person reads them, leading spaces kept. */
  readonly tokens: readonly string[];
  readonly ids: readonly number[];
  /** Index of the token that is written at. */
  readonly position: number;
  /** Words that the model's vocabulary does not have; absent in results of an older server. */
  readonly unknown?: readonly string[];
  /** The clean run's likeliest next tokens, likeliest first. */
  readonly top: readonly Prediction[];
}

/** Single precision, or double where the model computes in it: a deep zoom's neighbours differ in the last digits. */
export type Floats = Float32Array | Float64Array;

export interface Slice {
  readonly key: string;
  /** Columns (α) and rows (β). */
  readonly nx: number;
  readonly ny: number;
  /** [3, ny, nx] */
  readonly distance: Floats;
  /** [3, ny, nx]: likeliest next token in each anchor's context. */
  readonly topToken: Int32Array;
  /**
   * Largest distance of each channel over the whole plane, where the window is another; null where it is the whole, and in
   * results of older servers.
   */
  readonly planeLargest: Triple<number> | null;
  /** [ny, nx]: 1 where the model was run, 0 where neighbours were interpolated. */
  readonly computed: Uint8Array;
  /** [nx] and [ny], rising. */
  readonly alpha: Floats;
  readonly beta: Floats;
  /** (α, β) of A, B and C. */
  readonly anchors: Triple<readonly [number, number]>;
  /** Distance along A→B relative to its end; empty where there is none. */
  readonly curve: Floats;
  /** Steepest rise of `curve` (1: a straight line) and its 10–90 % width; null where undefined. */
  readonly sharpness: number | null;
  readonly width: number | null;
  /** Strings of all tokens in `topToken`, by id. */
  readonly tokens: ReadonlyMap<number, string>;
  readonly prompts: Triple<PromptInfo>;
  /** The request this slice answers, every default written out. */
  readonly recipe: { readonly [name: string]: Json };
  /** In the residual stream: the axes' lengths ‖B − A‖ and ‖C − X‖, and C's distance from the plane (0 unless tilted). */
  readonly norms: { readonly ba: number; readonly cx: number; readonly off: number };
  /** The whole metadata of the file. */
  readonly meta: Readonly<Record<string, Json>>;
}

/** The slice that a result file holds; throws `DecodeError` where it holds another thing. */
export function sliceOf(file: ResultFile): Slice {
  const meta = file.metadata;
  const alpha = floats(file, "alpha");
  const beta = floats(file, "beta");
  const [nx, ny] = [alpha.length, beta.length];
  const points = floats(file, "anchors", 6);
  const norms = table(meta, "norms");
  return {
    key: typeof meta.key === "string" ? meta.key : "",
    nx,
    ny,
    distance: floats(file, "distance", 3 * nx * ny),
    planeLargest: file.arrays.has("plane_largest") ? tripleOf(floats(file, "plane_largest", 3)) : null,
    topToken: typed(file, "top_token", "I32", 3 * nx * ny).data,
    computed: typed(file, "computed", "U8", nx * ny).data,
    alpha,
    beta,
    anchors: triple((k) => [points[2 * k] ?? 0, points[2 * k + 1] ?? 0] as const),
    curve: file.arrays.has("curve") ? floats(file, "curve") : new Float32Array(0),
    sharpness: numberOrNull(meta.sharpness),
    width: numberOrNull(meta.width),
    tokens: new Map(Object.entries(table(meta, "tokens")).map(([id, text]) => [Number(id), String(text)])),
    prompts: promptsOf(meta.prompts),
    recipe: table(meta, "recipe"),
    norms: {
      ba: numberOrNull(norms.ba) ?? 1,
      cx: numberOrNull(norms.cx) ?? 1,
      off: numberOrNull(norms.off) ?? 0,
    },
    meta,
  };
}

const remembered = new WeakMap<Slice, Triple<number>>();

/** Largest distance of each channel over the whole plane: what its colours are scaled by, however far it is zoomed in. */
export function planeLargest(slice: Slice): Triple<number> {
  return slice.planeLargest ?? largest(slice);
}

/** Largest distance of each channel in the slice's own window, in the distance's own unit. */
export function largest(slice: Slice): Triple<number> {
  const known = remembered.get(slice);
  if (known) return known;
  const cells = slice.nx * slice.ny;
  const found = triple((k) => {
    let most = 0;
    for (let n = k * cells; n < (k + 1) * cells; n++) most = Math.max(most, slice.distance[n] ?? 0);
    return most;
  });
  remembered.set(slice, found);
  return found;
}

const rememberedLeast = new WeakMap<Slice, Triple<number>>();

/** Smallest distance of each channel, in the distance's own unit. */
export function smallest(slice: Slice): Triple<number> {
  const known = rememberedLeast.get(slice);
  if (known) return known;
  const cells = slice.nx * slice.ny;
  const found = triple((k) => {
    let least = Number.POSITIVE_INFINITY;
    for (let n = k * cells; n < (k + 1) * cells; n++) least = Math.min(least, slice.distance[n] ?? 0);
    return least;
  });
  rememberedLeast.set(slice, found);
  return found;
}

/**
 * How far the window is from the limit of what is computed in: `distinct`, the share of neighbouring points that are
 * different activations (below 1 the limit is reached). Null for results of servers that did not say it.
 */
export function precision(slice: Slice): { readonly dtype: string; readonly distinct: number } | null {
  const said = slice.meta["precision"];
  if (!isObject(said)) return null;
  const { dtype, distinct } = said;
  return typeof dtype === "string" && typeof distinct === "number" ? { dtype, distinct } : null;
}

function tripleOf(values: Floats): Triple<number> {
  return triple((k) => values[k] as number);
}

/** One value per anchor. */
export function triple<T>(of: (k: Anchor) => T): Triple<T> {
  return [of(0), of(1), of(2)];
}

function typed<D extends NamedArray["dtype"]>(file: ResultFile, name: string, dtype: D, size?: number) {
  const found = file.arrays.get(name);
  if (!found) throw new DecodeError(`This result has no array “${name}”; it is not a slice.`);
  if (found.dtype !== dtype)
    throw new DecodeError(`Array “${name}” is ${found.dtype}; a slice has ${dtype} there.`);
  if (size !== undefined && found.data.length !== size) {
    throw new DecodeError(`Array “${name}” has ${found.data.length} values where the grid needs ${size}.`);
  }
  return found as Extract<NamedArray, { dtype: D }>;
}

function floats(file: ResultFile, name: string, size?: number): Floats {
  const double = file.arrays.get(name)?.dtype === "F64";
  return typed(file, name, double ? "F64" : "F32", size).data;
}

function table(meta: Readonly<Record<string, Json>>, name: string): { readonly [name: string]: Json } {
  const value = meta[name];
  if (!isObject(value))
    throw new DecodeError(`This result's metadata has no table “${name}”; it is not a slice.`);
  return value;
}

function promptsOf(value: Json | undefined): Triple<PromptInfo> {
  const [a, b, c] = Array.isArray(value) && value.length === 3 ? value : [];
  if (!isPrompt(a) || !isPrompt(b) || !isPrompt(c))
    throw new DecodeError("A slice has three prompts in its metadata.");
  return [a, b, c];
}

/** Whether a row of the metadata says a prompt as the model sees it. */
function isPrompt(row: unknown): row is PromptInfo {
  return typeof row === "object" && row !== null && "text" in row && "tokens" in row && "top" in row;
}

function numberOrNull(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
