/** The field that is added: it differs from all that are there, first in what they differ in already. */
import type { Catalogue, Distance } from "../../api/types";
import { sizesOf, toModel } from "../../subject/pick";
import { momentsAt } from "../../subject/time/moments";
import { position } from "../../subject/time/steps";
import { cardOf, framesOf, type View } from "../../subject/view";
import { differing, type Facet, facetOf, MOST, type Variation, varied } from "./variation";

/** Facets that are varied by themselves, the most telling first. Prompts are nobody's but the visitor's. */
const VARIED = ["revision", "layer", "model", "distance", "contexts"] as const satisfies readonly Facet[];
type Varied = (typeof VARIED)[number];

/** A value that a facet can take, and where it lies among the others, 0…1. */
interface Choice {
  readonly changes: Variation;
  readonly place: number;
}

/** The variation to add, or why there is none. */
export function nextField(
  view: View,
  variations: readonly Variation[],
  catalogue: Catalogue,
): Variation | string {
  if (variations.length >= MOST) return `${MOST} fields are the most that fit side by side.`;
  const views = variations.map((one) => varied(view, one));
  const last = views.at(-1) ?? view;
  const differ = differing(views);
  const order = [...VARIED].sort(
    (one, other) => Number(differ.includes(other)) - Number(differ.includes(one)),
  );
  for (const facet of order) {
    const used = new Set(views.map((one) => facetOf(one, facet)));
    const all = choices(facet, last, catalogue);
    const free = all.filter(({ changes }) => !used.has(changes[facet] as string | number));
    const taken = all.filter(({ changes }) => used.has(changes[facet] as string | number));
    const found = farthest(free, taken);
    if (found) return { ...variations.at(-1), ...found.changes };
  }
  return "Every checkpoint, layer, size and distance of this model is there already.";
}

/** Of the free values that which is farthest from all that are shown: the widest gap is filled first. */
function farthest(free: readonly Choice[], taken: readonly Choice[]): Choice | undefined {
  const away = ({ place }: Choice): number => Math.min(...taken.map((one) => Math.abs(one.place - place)));
  return free.reduce<Choice | undefined>(
    (best, one) => (best && away(best) >= away(one) - 1e-9 ? best : one),
    undefined,
  );
}

function choices(facet: Varied, last: View, catalogue: Catalogue): readonly Choice[] {
  const card = cardOf(catalogue, last.model);
  if (facet === "revision") {
    const names = framesOf(last, card);
    const moments = momentsAt(card, names);
    return names.map((revision, i) => ({ changes: { revision }, place: position(moments, i) }));
  }
  if (facet === "layer") return evenly(Array.from({ length: card?.layers ?? 0 }, (_, layer) => ({ layer })));
  if (facet === "distance")
    return evenly(catalogue.distances.map(({ name }) => ({ distance: name as Distance })));
  if (facet === "contexts") return evenly([{ contexts: "own" }, { contexts: "first" }]);
  const sizes = card ? sizesOf(catalogue, card.family) : [];
  return evenly(
    sizes.map(({ name }) => {
      const to = { ...last, ...toModel(catalogue, last, name) };
      return { model: to.model, revision: to.revision, layer: to.layer };
    }),
  );
}

function evenly(all: readonly Variation[]): readonly Choice[] {
  return all.map((changes, i) => ({ changes, place: all.length > 1 ? i / (all.length - 1) : 0 }));
}
