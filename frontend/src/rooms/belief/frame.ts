/** The beliefs read off one checkpoint, as the room shows them. */
import type { ResultFile } from "../../api/decode";

export interface Frame {
  readonly revision: string;
  readonly length: number;
  readonly rows: number;
  readonly states: number;
  readonly places: readonly string[];
  /** [places, rows, states]. */
  readonly decoded: Float32Array;
  /** Of the next token, the model's, [rows, tokens]. */
  readonly probabilities: Float32Array;
  readonly mse: Float64Array;
  readonly r2: Float64Array;
  readonly heldOut: Float64Array;
  readonly shuffled: Float64Array;
  /** [places, levels]. */
  readonly zoom: Float64Array;
  readonly ladder: Float64Array;
  /** Nats by tokens seen. */
  readonly loss: Float64Array;
  readonly floor: Float64Array;
  readonly columns: Int32Array;
  /** The result itself, to be saved. */
  readonly file: ResultFile;
}

export function frameOf(file: ResultFile): Frame {
  const floats = (name: string): Float64Array => {
    const found = file.arrays.get(name);
    if (found?.dtype !== "F64") throw new Error(`the beliefs have no ${name}`);
    return found.data;
  };
  const decoded = file.arrays.get("decoded");
  const probabilities = file.arrays.get("probabilities");
  const dims = file.arrays.get("dims");
  if (decoded?.dtype !== "F32" || probabilities?.dtype !== "F32" || dims?.dtype !== "I32")
    throw new Error("the result holds no beliefs");
  const recipe = file.metadata["recipe"] as { model: { revision: string }; length: number };
  // A frame of a training says itself where it stands: its recipe is the training's.
  const said = file.metadata as { revision?: string; length?: number; places?: string[] };
  return {
    revision: said.revision ?? recipe.model.revision,
    length: said.length ?? recipe.length,
    places: said.places ?? [],
    rows: decoded.shape[1] as number,
    states: decoded.shape[2] as number,
    decoded: decoded.data,
    probabilities: probabilities.data,
    mse: floats("mse"),
    r2: floats("r2"),
    heldOut: floats("r2_held_out"),
    shuffled: floats("r2_shuffled"),
    zoom: floats("zoom"),
    ladder: floats("ladder"),
    loss: floats("loss"),
    floor: floats("floor"),
    columns: dims.data,
    file,
  };
}

/** The decoded beliefs of one place, [rows, states]; nothing where it was not read. */
export function decodedAt(frame: Frame, place: string): Float32Array | undefined {
  const at = frame.places.indexOf(place);
  const size = frame.rows * frame.states;
  return at < 0 ? undefined : frame.decoded.subarray(at * size, (at + 1) * size);
}

/** An R² as it is written: far below zero only that it is. */
export function r2Text(r2: number, digits: number): string {
  return r2 < -9.9 ? "< −9" : r2.toFixed(digits).replace("-", "−");
}

/** A zoom level counts as reached above this R². */
export const REACHED = 0.9;

/** Levels of the fractal that are there, counted from the whole, until the first that is not. */
export function levelsReached(frame: Frame, place: string): number {
  const at = frame.places.indexOf(place);
  const levels = frame.zoom.length / frame.places.length;
  let reached = 0;
  while (reached < levels && (frame.zoom[at * levels + reached] as number) > REACHED) reached++;
  return reached;
}

/** Columns against histories above which a fit in sample says little. */
const MOST_COLUMNS = 1 / 5;

/** Whether a place has so many columns that its R² in sample says little; by its number among the frame's places. */
export const tooMany = (frame: Frame, at: number): boolean =>
  (frame.columns[at] as number) > MOST_COLUMNS * frame.rows;

/** Mean loss above the bound, in thousandths of a nat. */
export function gapOf(frame: Frame): number {
  let sum = 0;
  for (const [n, loss] of frame.loss.entries()) sum += loss - (frame.floor[n] as number);
  return (1000 * sum) / frame.loss.length;
}

/** A place in words. */
export function placeText(place: string): string {
  const block = /^blocks\.(\d+)\.hook_resid_(mid|post)$/.exec(place);
  if (block) return `${block[2]} ${block[1]}`;
  return place === "final" ? "final norm" : place;
}

/** A place in full words, for a tooltip. */
export function placeAbout(place: string): string {
  const block = /^blocks\.(\d+)\.hook_resid_(mid|post)$/.exec(place);
  if (block)
    return block[2] === "mid" ? `Block ${block[1]}, between attention and MLP` : `After block ${block[1]}`;
  if (place === "embed") return "Token and position, before the first block";
  if (place === "final") return "After the final norm";
  return place === "concat" ? "Embedding and every block’s output side by side" : "Every place side by side";
}
