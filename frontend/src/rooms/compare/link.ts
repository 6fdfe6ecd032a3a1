/** The fields side by side, and their rows in the link. */
import type { Row } from "../../shell/row";
import { State } from "../../shell/state";
import { view, viewRows } from "../../subject/state";
import type { View } from "../../subject/view";
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

export interface CompareView {
  /** What each field changes of the view; none: the room's own first choice. */
  readonly fields: readonly Variation[];
  /** The two of them whose difference is mapped, by place. */
  readonly difference: readonly [number, number] | null;
}

/** `cmp=step:step0;step:step64`: each part is read by the view's own row of its name, on top of the view. */
const fieldsRow: Row<CompareView> = {
  write: ({ fields }) => (fields.length > 0 ? variationsText(fields) : null),
  read: (text, draft) => {
    const known: readonly string[] = Object.values(FACETS);
    const all = partsOf(text);
    if (!all || all.length < FEWEST || all.length > MOST)
      return `${FEWEST} to ${MOST} fields, “;” between, each like step:step64,layer:3`;
    const found: Variation[] = [];
    for (const parts of all) {
      const odd = [...parts.keys()].find((name) => !known.includes(name));
      if (odd !== undefined) return `changes of ${known.join(", ")}, and ${odd} is none`;
      const own: View = { ...view.peek() };
      const facets = FACET_NAMES.filter((facet) => parts.has(FACETS[facet]));
      for (const facet of facets) {
        const value = parts.get(FACETS[facet]) ?? "";
        const expected = viewRows[FACETS[facet]].read(value, own);
        if (expected) return `for ${FACETS[facet]}:${value} ${expected}`;
      }
      found.push(variationOf(own, facets));
    }
    draft.fields = found;
    return undefined;
  },
};

const differenceRow: Row<CompareView> = {
  write: ({ difference }) => difference?.map((place) => place + 1).join("-") ?? null,
  read: (text, draft) => {
    const found = /^([1-6])-([1-6])$/.exec(text);
    if (!found || found[1] === found[2]) return "two fields by their numbers, like 1-3";
    draft.difference = [Number(found[1]) - 1, Number(found[2]) - 1];
    return undefined;
  },
};

export const compareView = new State<CompareView>({
  rows: { cmp: fieldsRow, diff: differenceRow },
  first: () => ({ fields: [], difference: null }),
});
