/** The picture in words: for screen readers, captions, and those who want the numbers. */

import { atlas } from "./atlas";
import { scales, similarity } from "./colour";
import { nearest, shown } from "./names";
import { ANCHORS, type Anchor, LETTERS, type Slice, type Triple, triple } from "./slice";

export interface Coverage {
  /** Share of the window that is like each anchor more than like the others, and alike at all. */
  readonly like: Triple<number>;
  /** Share that is like none of the three. */
  readonly none: number;
}

/** Half way between two certain answers Hellinger's similarity to either is 0.46: a clean border is not a gap. */
const ALIKE = 0.4;
const SMALL = 0.002;

/** How the window is shared out. Alike: similarity at least `ALIKE`, on the scale of the distance's bound where it has one. */
export function coverage(slice: Slice): Coverage {
  const cells = slice.nx * slice.ny;
  const scale = scales("absolute", slice);
  const counts = [0, 0, 0];
  for (let n = 0; n < cells; n++) {
    const k = nearest(slice, n);
    if (similarity(slice.distance[k * cells + n] ?? Number.NaN, scale[k]) >= ALIKE)
      counts[k] = (counts[k] ?? 0) + 1;
  }
  const rest = counts.reduce((left, count) => left - count, cells);
  return { like: triple((k) => (counts[k] ?? 0) / cells), none: rest / cells };
}

/** A few sentences: what A, B and C lead to and cover, how many regions there are, how sharp the border A–B is. */
export function sentence(slice: Slice): string {
  const { like, none } = coverage(slice);
  const count = atlas(slice).regions.list.filter((region) => region.fraction >= SMALL).length;
  const shares = groups(slice).map((group) => {
    const letters = group.map((k) => LETTERS[k]);
    const share = group.reduce<number>((sum, k) => sum + like[k], 0);
    return {
      names: `${listed(letters)} “${answer(slice, group[0] as Anchor)}”`,
      many: group.length > 1,
      share,
    };
  });
  const covered = shares.map(({ names, many, share }, n) => {
    const verb = n > 0 ? "" : many ? "together cover " : "covers ";
    return `${names} ${verb}${percent(share)}`;
  });
  const parts = [`${covered.join(", ")} of the window.`];
  if (none >= 0.005) parts.push(`${percent(none)} is like none of the three.`);
  parts.push(count === 1 ? "All of it is one region." : `It holds ${count} regions.`);
  const edge = along(slice);
  if (edge) parts.push(edge);
  return parts.join(" ");
}

/** What an anchor's own run says next, as shown. */
export function answer(slice: Slice, k: Anchor): string {
  return shown(slice.prompts[k].top[0]?.token ?? "");
}

/** Anchors whose clean runs give the same next token, together. */
function groups(slice: Slice): Anchor[][] {
  const byToken = new Map<number | undefined, Anchor[]>();
  for (const k of ANCHORS) {
    const id = slice.prompts[k].top[0]?.id;
    byToken.set(id, [...(byToken.get(id) ?? []), k]);
  }
  return [...byToken.values()];
}

function along(slice: Slice): string {
  if (slice.sharpness === null) return "";
  const width = slice.width === null ? "" : `, 10–90 % width ${slice.width.toFixed(2)}`;
  return `Along A–B the sharpness is ${slice.sharpness.toFixed(1)} (1 is a straight line${width}).`;
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? "under 1 %" : `${Math.round(100 * share)} %`;
}

function listed(words: readonly string[]): string {
  return words.length > 1
    ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`
    : (words[0] ?? "");
}
