/**
 * Fields side by side: each is the view with a few changes, its *variation*. What a variation leaves out follows the view.
 *
 * In the link a variation is `step:step64,layer:3`, and variations are separated by `;`. The names are those of the
 * link's own rows, whose readers also check the values; signs that separate are escaped within a value.
 */
import type { Contexts, Distance } from "../../api/types";
import type { View } from "../../subject/view";

export interface Variation {
  readonly model?: string;
  readonly revision?: string;
  readonly layer?: number;
  readonly distance?: Distance;
  readonly contexts?: Contexts;
  /** The prompts A, B, C. */
  readonly a?: string;
  readonly b?: string;
  readonly c?: string;
}

export type Facet = keyof Variation;

/** Facets in the order in which they are read, with their names in the link. */
export const FACETS = {
  model: "model",
  revision: "step",
  layer: "layer",
  distance: "d",
  contexts: "ctx",
  a: "a",
  b: "b",
  c: "c",
} as const satisfies Readonly<Record<Facet, string>>;

export const FACET_NAMES = Object.keys(FACETS) as readonly Facet[];

/** Fewest and most fields side by side. */
export const FEWEST = 2;
export const MOST = 6;

/** What a view says of a facet. */
export function facetOf(view: View, facet: Facet): string | number {
  const prompt = "abc".indexOf(facet);
  return prompt >= 0 ? (view.prompts[prompt] as string) : view[facet as Exclude<Facet, "a" | "b" | "c">];
}

/** The view with a variation's changes; another model has checkpoints of its own. */
export function varied(view: View, { a, b, c, ...changes }: Variation): View {
  const prompts = [a ?? view.prompts[0], b ?? view.prompts[1], c ?? view.prompts[2]] as const;
  const other = changes.model !== undefined && changes.model !== view.model;
  return { ...view, ...changes, prompts, revisions: other ? null : view.revisions };
}

/** Those facets of a view, as a variation. */
export function variationOf(view: View, facets: readonly Facet[]): Variation {
  return Object.fromEntries(facets.map((facet) => [facet, facetOf(view, facet)]));
}

/** A variation without one facet: there the field follows the view again. */
export function without(variation: Variation, facet: Facet): Variation {
  const { [facet]: _, ...rest } = variation;
  return rest;
}

/** The facets in which the views are not all equal. */
export function differing(views: readonly View[]): readonly Facet[] {
  return FACET_NAMES.filter((facet) => new Set(views.map((view) => facetOf(view, facet))).size > 1);
}

/** The facets that no field takes from the view, so that changing them there changes nothing. */
export function ownEverywhere(variations: readonly Variation[]): readonly Facet[] {
  return FACET_NAMES.filter((facet) => variations.every((one) => one[facet] !== undefined));
}

/** The field at `from` at the place `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), list[from] as T, ...rest.slice(to)];
}

const SAME = "same";
const ESCAPED = /[%,;]/g;

/** Variations as the link has them. */
export function variationsText(variations: readonly Variation[]): string {
  return variations.map(variationText).join(";");
}

function variationText(variation: Variation): string {
  const parts = FACET_NAMES.filter((facet) => variation[facet] !== undefined).map(
    (facet) => `${FACETS[facet]}:${String(variation[facet]).replace(ESCAPED, encodeURIComponent)}`,
  );
  return parts.length > 0 ? parts.join(",") : SAME;
}

/** The parts of each variation in a link, by their names there; null where the text is none. */
export function partsOf(text: string): ReadonlyMap<string, string>[] | null {
  try {
    return text.split(";").map((one) => {
      if (one === SAME) return new Map();
      return new Map(
        one.split(",").map((part) => {
          const colon = part.indexOf(":");
          if (colon < 1) throw new URIError(part);
          return [part.slice(0, colon), decodeURIComponent(part.slice(colon + 1))] as const;
        }),
      );
    });
  } catch {
    return null;
  }
}
