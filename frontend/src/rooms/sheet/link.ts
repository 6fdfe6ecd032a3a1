/** What the contact sheet shows, and its rows in the link. */
import { type Row, rowsOf } from "../../shell/row";
import { State } from "../../shell/state";

export const HEATS = ["none", "sharpness", "regions"] as const;
export type Heat = (typeof HEATS)[number];

export interface SheetView {
  /** Its checkpoints and layers; null: a spread of at most twelve. */
  readonly revisions: readonly string[] | "all" | null;
  readonly layers: readonly number[] | "all" | null;
  /** The number that is written into the cells. */
  readonly heat: Heat;
}

const FIRST: SheetView = { revisions: null, layers: null, heat: "none" };

const { row, choice } = rowsOf<SheetView>();

/** A list of different things, or all of them. */
function many<K extends "revisions" | "layers">(
  field: K,
  one: (text: string) => string | number | null,
  expected: string,
): Row<SheetView> {
  return row(
    field,
    (state) => {
      const value = state[field];
      return value === null || value === "all" ? value : value.join(",");
    },
    (text) => {
      if (text === "all") return text as SheetView[K];
      const found = text.split(",").map(one);
      return found.includes(null) || new Set(found).size !== found.length
        ? undefined
        : (found as SheetView[K]);
    },
    expected,
  );
}

export const sheetView = new State<SheetView>({
  rows: {
    srevs: many("revisions", (name) => name || null, "different checkpoints, comma between, or all"),
    slayers: many(
      "layers",
      (name) => (/^\d{1,4}$/.test(name) ? Number(name) : null),
      "different layers, comma between, or all",
    ),
    heat: choice("heat", HEATS, FIRST.heat),
  },
  first: () => FIRST,
});
