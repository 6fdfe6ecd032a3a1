/**
 * A point of the plane has one output per context. Its name is the top next token in the context whose clean output it
 * is nearest to: so names and borders follow the colours.
 */

import { ANCHORS, type Anchor, type Slice } from "./slice";

/** The anchor whose clean output cell `n` is nearest to; the first of equals. */
export function nearest(slice: Slice, n: number): Anchor {
  const cells = slice.nx * slice.ny;
  let best: Anchor = 0;
  for (const k of ANCHORS) {
    if ((slice.distance[k * cells + n] as number) < (slice.distance[best * cells + n] as number)) best = k;
  }
  return best;
}

/** Token id that names each cell, [ny, nx]. */
export function nameGrid(slice: Slice): Int32Array {
  const cells = slice.nx * slice.ny;
  const ids = new Int32Array(cells);
  for (let n = 0; n < cells; n++) ids[n] = slice.topToken[nearest(slice, n) * cells + n] as number;
  return ids;
}

/** A token as it is shown: without the space it begins with; what cannot be seen is made visible. */
export function shown(token: string): string {
  const visible = token.replace(/\n/g, "⏎").replace(/\t/g, "⇥");
  return visible.trim() || visible.replace(/ /g, "␣") || "∅";
}

/** A token as a name: one of signs alone stands in quotes, for a lone full stop is taken for a dot on the map. */
export function nameOf(tokens: ReadonlyMap<number, string>, id: number): string {
  const token = tokens.get(id);
  if (token === undefined) return `#${id}`;
  return /^[!-/:-@[-`{-~]+$/.test(shown(token)) ? `“${shown(token)}”` : shown(token);
}

/** The name of a token id in this slice. */
export const nameText = (slice: Slice, id: number): string => nameOf(slice.tokens, id);
