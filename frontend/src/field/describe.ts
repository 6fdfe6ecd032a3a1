/** The picture in words: for screen readers, captions, and those who want the numbers. */

import { scales, similarity } from "./colour";
import { nearest, shown } from "./names";
import { atlas } from "./regionMap";
import { ANCHORS, type Anchor, LETTERS, type Slice, type Triple, triple } from "./slice";

export interface Coverage {
  /** Share of the window named as each anchor's own run answers; anchors with one answer have one share in common. */
  readonly named: Triple<number>;
  /** Share with other names. */
  readonly other: number;
  /** Share whose output is like none of the three: what is black, or nearly, when colours are on the absolute scale. */
  readonly unlike: number;
}

/** Half way between two certain answers Hellinger's similarity to either is 0.46: a clean border is not a gap. */
const ALIKE = 0.4;
const SMALL = 0.002;

/** How the window is shared out. */
export function coverage(slice: Slice): Coverage {
  const { names } = atlas(slice);
  const cells = names.length;
  const counts = new Map<number, number>();
  const scale = scales("absolute", slice);
  let unlike = 0;
  for (let n = 0; n < cells; n++) {
    const name = names[n] as number;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const k = nearest(slice, n);
    if (similarity(slice.distance[k * cells + n] as number, scale[k]) < ALIKE) unlike++;
  }
  const answers = triple((k) => slice.prompts[k].top[0]?.id ?? -1);
  const own = [...new Set(answers)].reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
  const named = triple((k) => (counts.get(answers[k]) ?? 0) / cells);
  return { named, other: (cells - own) / cells, unlike: unlike / cells };
}

/** A few sentences: what A, B and C lead to and cover, how many regions there are, how sharp the border A–B is. */
export function sentence(slice: Slice): string {
  const { named, other, unlike } = coverage(slice);
  const covered = groups(slice).map((group, n) => {
    const [first] = group;
    const letters = listed(group.map((k) => LETTERS[k]));
    const verb = n > 0 ? "" : group.length > 1 ? "together cover " : "covers ";
    return `${letters} “${answer(slice, first)}” ${verb}${percent(named[first])}`;
  });
  const parts = [
    `${covered.join(", ")} of the window${other > 0 ? `; ${percent(other)} has other names` : ""}.`,
  ];
  if (unlike >= 0.005) parts.push(`${sentenceCase(percent(unlike))} is like none of the three.`);
  const count = atlas(slice).regions.list.filter((region) => region.fraction >= SMALL).length;
  parts.push(count === 1 ? "All of it is one region." : `It holds ${count} regions.`);
  if (slice.sharpness !== null) parts.push(along(slice.sharpness, slice.width));
  return parts.join(" ");
}

/** What an anchor's own run says next, as shown. */
export function answer(slice: Slice, k: Anchor): string {
  return shown(slice.prompts[k].top[0]?.token ?? "");
}

/** Anchors whose clean runs give the same next token, together. */
function groups(slice: Slice): [Anchor, ...Anchor[]][] {
  const byToken = new Map<number | undefined, [Anchor, ...Anchor[]]>();
  for (const k of ANCHORS) {
    const id = slice.prompts[k].top[0]?.id;
    const group = byToken.get(id);
    if (group) group.push(k);
    else byToken.set(id, [k]);
  }
  return [...byToken.values()];
}

function along(sharpness: number, width: number | null): string {
  const wide = width === null ? "" : `, and 80 % of the change takes ${width.toFixed(2)} of the way`;
  return `From A to B the sharpness is ${sharpness.toFixed(1)} (a straight line has 1)${wide}.`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function percent(share: number): string {
  return share > 0 && share < 0.01 ? "under 1 %" : `${Math.round(100 * share)} %`;
}

function listed(words: readonly string[]): string {
  return words.length > 1
    ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`
    : (words[0] ?? "");
}
