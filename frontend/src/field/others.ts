/** Further prompts on the map: where they stand, how far off the plane, what they say and what the map says there. */

import { DecodeError, isObject, type ResultFile } from "../api/decode";
import { floats, ints, tokensOf } from "./arrays";
import { figure } from "./gradient";
import { shown } from "./names";
import type { Anchor, Prediction } from "./slice";

export const OTHER_LETTERS = "DEFG";

export interface Other {
  readonly letter: string;
  readonly text: string;
  /** (α, β) of its projection. */
  readonly at: readonly [alpha: number, beta: number];
  /** Distance from the plane: in units of activation, and of ‖B − A‖, which is the picture's unit of α. */
  readonly off: number;
  readonly radius: number;
  /** Its own likeliest next tokens. */
  readonly own: readonly Prediction[];
  /** The likeliest next token at its projection, and in whose run. */
  readonly map: string;
  readonly nearest: Anchor;
  /** From the output at the projection to the prompt's own. */
  readonly error: number;
}

/** The prompts of a projection's result, in the order they were asked. */
export function othersOf(file: ResultFile): Other[] {
  const extra = file.metadata["extra"];
  if (!Array.isArray(extra))
    throw new DecodeError("A projection says which prompts it has; this one does not.");
  const count = extra.length;
  const tokens = tokensOf(file);
  const text = (id: number): string => tokens.get(id) ?? `#${id}`;
  const [place, off, radius] = [
    floats(file, "coordinates", 2 * count),
    floats(file, "off_plane", count),
    floats(file, "off_plane_share", count),
  ];
  const [ids, shares] = [ints(file, "token"), floats(file, "probability")];
  const [name, nearest, error] = [ints(file, "name"), ints(file, "nearest"), floats(file, "map_error")];
  const each = ids.length / Math.max(1, count);
  return extra.map((row, n) => ({
    letter: OTHER_LETTERS[n] ?? "?",
    text: isObject(row) ? String(row["text"]) : "",
    at: [place[2 * n] as number, place[2 * n + 1] as number],
    off: off[n] as number,
    radius: radius[n] as number,
    own: Array.from({ length: each }, (_, k) => {
      const id = ids[n * each + k] as number;
      return { id, token: text(id), probability: shares[n * each + k] as number };
    }),
    map: text(name[n] as number),
    nearest: (nearest[n] ?? 0) as Anchor,
    error: error[n] as number,
  }));
}

/** Whether the map, at the prompt's place, says what the prompt says. */
export function agrees(other: Other): boolean {
  return other.own[0]?.token === other.map;
}

/** “The map says Paris there, the prompt itself says Paris.” and how far off it stands. */
export function otherSentence(other: Other): string {
  const own = shown(other.own[0]?.token ?? "");
  return `The map says “${shown(other.map)}” there, the prompt itself says “${own}”. Off the plane by ${figure(other.off)}, ${figure(other.radius)} times the way from A to B.`;
}
