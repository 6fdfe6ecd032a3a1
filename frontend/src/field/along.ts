/**
 * How an output moves along a line, and what the shape of that curve says.
 *
 * The curve is d(s) / d(1): 0 where the line begins, 1 where it ends. Its formulas are the server's own (maths/curve.py),
 * so that a slice, which brings only the curve, is marked like a result that brings all.
 */
import { DecodeError, isObject, type ResultFile } from "../api/decode";
import { type Control, controlsOf } from "./controls";
import { isLetter, type Letter } from "./line";
import type { Floats, Slice } from "./slice";

export interface Run {
  /** Shares of the way between which one name holds. */
  readonly from: number;
  readonly to: number;
  readonly token: string;
}

export interface Along {
  /** [steps], at even shares of the way. NaN where nothing moves. */
  readonly curve: Floats;
  /** Steepest rise (1: a straight line), 10–90 % width and place of the steepest rise; null where there is no curve. */
  readonly sharpness: number | null;
  readonly width: number | null;
  readonly position: number | null;
  /** Where the curve first reaches 10 % and 90 %. */
  readonly low: number | null;
  readonly high: number | null;
  /** d(1) in the distance's own unit, where it is known. */
  readonly endDistance: number | null;
  /** In whose run it was read. */
  readonly context: Letter | null;
  /** Next tokens along the way; empty where they are not known. */
  readonly names: readonly Run[];
  /** The token at each step. */
  readonly tokens: readonly string[];
  /** [steps, 2], (α, β) of each step; empty where it was not recorded. */
  readonly coordinates: Floats;
  /** Why there is no curve. */
  readonly why: string | null;
  /** What its sharpness is compared with; none of a line across a plane. */
  readonly controls: readonly Control[];
}

type Shape = Pick<Along, "sharpness" | "width" | "position" | "low" | "high">;

const FLAT: Shape = { sharpness: null, width: null, position: null, low: null, high: null };

/** What a curve's shape says. */
export function shapeOf(curve: Floats): Shape {
  const last = curve.length - 1;
  if (last < 2 || curve.some((value) => !Number.isFinite(value))) return FLAT;
  let steepest = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < last; i++) {
    const rise = (curve[i + 1] as number) - (curve[i] as number);
    if (rise > most) [most, steepest] = [rise, i];
  }
  const [low, high] = [reaches(curve, 0.1), reaches(curve, 0.9)];
  return {
    sharpness: most * last,
    width: high - low,
    position: Math.fround((steepest + 0.5) / last),
    low,
    high,
  };
}

/** The first share of the way at which the curve, straight between its samples, is at a level. */
function reaches(curve: Floats, level: number): number {
  const last = curve.length - 1;
  const after = Math.max(
    1,
    curve.findIndex((value) => value >= level),
  );
  const [start, end] = [curve[after - 1] as number, curve[after] as number];
  const share = end > start ? Math.min(1, Math.max(0, (level - start) / (end - start))) : 0;
  return (after - 1 + share) / last;
}

/** The value between samples. */
export function valueAt(curve: Floats, share: number): number {
  const at = Math.min(1, Math.max(0, share)) * (curve.length - 1);
  const before = Math.min(curve.length - 2, Math.floor(at));
  const [p, q] = [curve[before] ?? Number.NaN, curve[before + 1] ?? Number.NaN];
  return p + (q - p) * (at - before);
}

/** The name that holds at a share of the way. */
export function nameAt(along: Along, share: number): string | null {
  return along.tokens[Math.round(share * (along.tokens.length - 1))] ?? null;
}

const ofSlices = new WeakMap<Slice, Along>();

/** The curve from A to B that every slice brings; its names are not known. */
export function alongOfSlice(slice: Slice): Along {
  let found = ofSlices.get(slice);
  if (!found) {
    found = {
      curve: slice.curve,
      ...shapeOf(slice.curve),
      // Looked at again where it is steepest, which the even samples do not tell.
      sharpness: slice.sharpness,
      endDistance: null,
      context: "A",
      names: [],
      tokens: [],
      coordinates: new Float32Array(0),
      why: slice.sharpness === null ? "A and B give the same output, so nothing is relative to it." : null,
      controls: [],
    };
    ofSlices.set(slice, found);
  }
  return found;
}

/** What the result of a line or a curve holds; throws `DecodeError` where it is another thing. */
export function alongOf(file: ResultFile): Along {
  const found = file.arrays.get("curve");
  const top = file.arrays.get("top_token");
  if (found?.dtype !== "F32" || top?.dtype !== "I32")
    throw new DecodeError("This result has no curve and no names; it is neither a line nor a curve.");
  const words = file.metadata["tokens"];
  const places = file.arrays.get("coordinates");
  const { context, undefined: why } = file.metadata;
  const tokens = Array.from(top.data, (id) => {
    const word = isObject(words) ? words[String(id)] : undefined;
    return typeof word === "string" ? word : `#${id}`;
  });
  return {
    curve: found.data,
    ...shapeOf(found.data),
    sharpness: scalar(file, "sharpness"),
    width: scalar(file, "width"),
    position: scalar(file, "position"),
    endDistance: scalar(file, "end_distance"),
    context: isLetter(context) ? context : null,
    names: runs(tokens),
    tokens,
    coordinates: places?.dtype === "F32" || places?.dtype === "F64" ? places.data : new Float32Array(0),
    why: typeof why === "string" ? why : null,
    controls: controlsOf(file),
  };
}

/** Stretches of one name; a name begins half a step before its first sample. */
export function runs(tokens: readonly string[]): Run[] {
  const last = Math.max(1, tokens.length - 1);
  const found: Run[] = [];
  tokens.forEach((token, i) => {
    const before = found.at(-1);
    if (before?.token === token) found[found.length - 1] = { ...before, to: Math.min(1, (i + 0.5) / last) };
    else found.push({ from: Math.max(0, (i - 0.5) / last), to: Math.min(1, (i + 0.5) / last), token });
  });
  return found;
}

function scalar(file: ResultFile, name: string): number | null {
  const found = file.arrays.get(name);
  const value = found?.dtype === "F32" ? found.data[0] : undefined;
  return value !== undefined && Number.isFinite(value) ? value : null;
}
