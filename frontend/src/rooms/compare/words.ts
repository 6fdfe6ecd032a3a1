/** Fields in words: only what tells them apart is named. */
import type { Catalogue } from "../../api/types";
import { distanceText } from "../../subject/distances";
import { momentText } from "../../subject/time/moments";
import { cardOf, type View } from "../../subject/view";
import { type Facet, facetOf, type Variation } from "./variation";

interface Told {
  readonly variation: Variation;
  readonly view: View;
}

export const FACET_WORDS: Readonly<Record<Facet, string>> = {
  model: "Model",
  revision: "Checkpoint",
  layer: "Layer",
  distance: "Distance",
  contexts: "Contexts",
  a: "Prompt A",
  b: "Prompt B",
  c: "Prompt C",
};

/** What a view says of a facet, as short as it can be said. */
export function facetText(view: View, facet: Facet, catalogue: Catalogue | null): string {
  const value = facetOf(view, facet);
  switch (facet) {
    case "model":
      return String(value);
    case "revision":
      return momentText(catalogue ? cardOf(catalogue, view.model) : undefined, String(value));
    case "layer":
      return `layer ${value}`;
    case "distance":
      return distanceText(String(value));
    case "contexts":
      return value === "own" ? "own contexts" : "all in A’s context";
    default:
      return `${facet.toUpperCase()}: ${String(value)}`;
  }
}

/** A field's name: of what tells the fields apart, that which it does not take from the view. */
export function fieldName(field: Told, facets: readonly Facet[], catalogue: Catalogue | null): string {
  const own = facets.filter((facet) => field.variation[facet] !== undefined);
  if (own.length === 0) return "as the view";
  return own.map((facet) => facetText(field.view, facet, catalogue)).join(" · ");
}

/** The same in full, for those who want to be sure. */
export function fieldTitle(field: Told, facets: readonly Facet[], catalogue: Catalogue | null): string {
  return facets.map((facet) => facetText(field.view, facet, catalogue)).join(" · ");
}
