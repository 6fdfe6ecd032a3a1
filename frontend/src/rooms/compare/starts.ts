/** Good first choices of fields to put side by side. What a start is about is written into every field. */
import type { Catalogue, Distance, ModelCard } from "../../api/types";
import { sizesOf, toModel } from "../../subject/pick";
import { momentsOf, position, stepIn } from "../../subject/time/steps";
import { cardOf, framesOf, type View } from "../../subject/view";
import { MOST, type Variation } from "./variation";

export interface Start {
  readonly text: string;
  readonly title: string;
  readonly fields: readonly Variation[];
}

/** The starts that give two fields or more for this view. */
export function starts(view: View, catalogue: Catalogue): readonly Start[] {
  const card = cardOf(catalogue, view.model);
  const all: Start[] = [
    {
      text: "Checkpoints: first, middle, last",
      title: "The middle one is half way in the logarithm of the step",
      fields: threeMoments(view, card).map((revision) => ({ revision })),
    },
    {
      text: "Layers: low, middle, high",
      title: "The highest is the last one that has a block above it",
      fields: threeLayers(card?.layers ?? 1).map((layer) => ({ layer })),
    },
    {
      text: "Sizes of this family",
      title: "Each at the same checkpoint and as deep",
      fields: sizes(view, catalogue),
    },
    {
      text: "The five distances",
      title: "The same outputs, measured differently",
      fields: catalogue.distances.slice(0, MOST).map((row) => ({ distance: row.name as Distance })),
    },
  ];
  return all.filter((start) => start.fields.length > 1);
}

/** The fields of a room that nobody has chosen fields for. */
export function firstFields(view: View, catalogue: Catalogue): readonly Variation[] {
  return starts(view, catalogue)[0]?.fields ?? [{}, {}];
}

function threeMoments(view: View, card: ModelCard | undefined): readonly string[] {
  const names = framesOf(view, card);
  const rows = new Map(card?.revisions.map((row) => [row.revision, row]));
  const moments = momentsOf(names.map((name) => rows.get(name) ?? { step: stepIn(name), tokens: null }));
  const away = (i: number): number => Math.abs(position(moments, i) - 0.5);
  const middle = names.reduce((best, _, i) => (away(i) < away(best) ? i : best), 0);
  return [...new Set([names[0], names[middle], names.at(-1)])].filter((name) => name !== undefined);
}

function threeLayers(layers: number): readonly number[] {
  const high = Math.max(0, layers - 2);
  return [...new Set([0, Math.round(high / 2), high])];
}

function sizes(view: View, catalogue: Catalogue): readonly Variation[] {
  const family = cardOf(catalogue, view.model)?.family;
  if (family === undefined) return [];
  return sizesOf(catalogue, family)
    .slice(-MOST)
    .map(({ name }) => {
      const to = { ...view, ...toModel(catalogue, view, name) };
      return { model: to.model, revision: to.revision, layer: to.layer };
    });
}
