/** Rows of the link for the rooms beside the main one: fields side by side, and the contact sheet. */
import type { Catalogue } from "../../api/types";
import type { Draft, Row } from "../../shell/link";
import { HEATS, type View } from "../../subject/view";
import {
  FACET_NAMES,
  FACETS,
  FEWEST,
  MOST,
  partsOf,
  type Variation,
  variationOf,
  variationsText,
} from "./variation";

/** The rows; the parts of a variation are read by the row of their name, on top of the view that was read before. */
export function sideRows(rowNamed: (name: string) => Row | undefined): Readonly<Record<string, Row>> {
  return {
    cmp: {
      write: (view) => (view.compare.length > 0 ? variationsText(view.compare) : null),
      read: (text, draft, catalogue) => readVariations(text, draft, catalogue, rowNamed),
    },
    diff: {
      write: (view) => view.difference?.map((place) => place + 1).join("-") ?? null,
      read: (text, draft) => {
        const found = /^([1-6])-([1-6])$/.exec(text);
        if (!found || found[1] === found[2]) return "two fields by their numbers, like 1-3";
        draft.difference = [Number(found[1]) - 1, Number(found[2]) - 1];
        return undefined;
      },
    },
    srevs: many("sheetRevisions", (name) => name || null, "different checkpoints, comma between, or all"),
    slayers: many(
      "sheetLayers",
      (name) => (/^\d{1,4}$/.test(name) ? Number(name) : null),
      "different layers, comma between, or all",
    ),
    heat: {
      write: (view) => (view.heat === "none" ? null : view.heat),
      read: (text, draft) => {
        const found = HEATS.find((heat) => heat === text);
        if (!found) return `one of ${HEATS.join(", ")}`;
        draft.heat = found;
        return undefined;
      },
    },
  };
}

function readVariations(
  text: string,
  draft: Draft,
  catalogue: Catalogue,
  rowNamed: (name: string) => Row | undefined,
): string | undefined {
  const known: readonly string[] = Object.values(FACETS);
  const all = partsOf(text);
  if (!all || all.length < FEWEST || all.length > MOST)
    return `${FEWEST} to ${MOST} fields, “;” between, each like step:step64,layer:3`;
  const found: Variation[] = [];
  for (const parts of all) {
    const odd = [...parts.keys()].find((name) => !known.includes(name));
    if (odd !== undefined) return `changes of ${known.join(", ")}, and ${odd} is none`;
    const own: Draft = { ...draft };
    const facets = FACET_NAMES.filter((facet) => parts.has(FACETS[facet]));
    for (const facet of facets) {
      const value = parts.get(FACETS[facet]) ?? "";
      const expected = rowNamed(FACETS[facet])?.read(value, own, catalogue);
      if (expected) return `for ${FACETS[facet]}:${value} ${expected}`;
    }
    found.push(variationOf(own, facets));
  }
  draft.compare = found;
  return undefined;
}

/** A list of different things, or all of them. */
function many<K extends "sheetRevisions" | "sheetLayers">(
  field: K,
  one: (text: string) => string | number | null,
  expected: string,
): Row {
  return {
    write: (view) => {
      const value = view[field];
      return value === null || value === "all" ? value : value.join(",");
    },
    read: (text, draft) => {
      if (text === "all") {
        draft[field] = text;
        return undefined;
      }
      const found = text.split(",").map(one);
      if (found.includes(null) || new Set(found).size !== found.length) return expected;
      draft[field] = found as View[K];
      return undefined;
    },
  };
}
