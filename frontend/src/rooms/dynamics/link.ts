/** The dynamics room's state, and how the link holds it. */

import { computed } from "@preact/signals";
import { type Rows, rowsOf } from "../../shell/row";
import { State } from "../../shell/state";

/** Which steps of an orbit are drawn: all, those near the plane where another feature is 0, or one in every L. */
export type Section = "all" | "slab" | "clock";
/** Where each value of β starts: from the orbit at β = 3, or from its neighbour's end, upwards and downwards. */
export type Sweep = "star" | "both";
/** Parameters that can vary. */
export type Axis = "beta" | "gamma" | "epsilon";
/** What is computed at length: a diagram, one of the paper's length, a map over two parameters. */
export type Far = "diagram" | "paper" | "map";
/** What the portrait and the series show. */
export type Shown = "output" | "attention";

export interface DynamicsView {
  readonly seed: number;
  readonly features: number;
  readonly context: number;
  readonly gamma: number;
  readonly epsilon: number;
  readonly from: number;
  readonly to: number;
  readonly beta: number;
  readonly feature: number;
  readonly across: number;
  readonly shown: Shown;
  readonly section: Section;
  readonly sweep: Sweep;
  readonly trail: number;
  /** Units of the finite network beside the mean field; 0: none. */
  readonly units: number;
  /** Of what is computed at length: what it is, its axis, and what is upward in a map. */
  readonly far: Far;
  readonly axis: Axis;
  readonly other: Axis;
}

export const CONTEXTS = [1, 2, 3, 4, 8, 16, 32, 64] as const;
export const FEATURES = [1, 2, 3, 4, 5] as const;
export const UNITS = [0, 99, 990, 9_900, 99_000, 999_999, 999_999_999] as const;
export const MOST_BETA = 10;

/** The paper's Figure 3a. */
export const FIRST: DynamicsView = {
  seed: 1,
  features: 3,
  context: 4,
  gamma: 220,
  epsilon: 0.02,
  from: 0,
  to: 3,
  beta: 1.266,
  feature: 1,
  across: 2,
  shown: "output",
  section: "all",
  sweep: "star",
  trail: 4000,
  units: 0,
  far: "diagram",
  axis: "beta",
  other: "gamma",
};

const { choice, whole, number, row } = rowsOf<DynamicsView>();

/** A feature that the network has. */
const feature = (field: "feature" | "across") =>
  row(
    field,
    (view) => String(view[field]),
    (text, draft) => {
      const value = Number(text);
      return Number.isInteger(value) && value >= 1 && value <= draft.features ? value : undefined;
    },
    "a feature of the network, from 1 to M",
  );

const rows: Rows<DynamicsView> = {
  seed: whole("seed", 0, 4_294_967_295),
  M: choice("features", FEATURES as unknown as number[]),
  L: choice("context", CONTEXTS as unknown as number[]),
  gamma: number("gamma", 0, 10_000),
  eps: number("epsilon", 0, 1),
  from: number("from", 0, MOST_BETA),
  to: row(
    "to",
    (view) => String(view.to),
    (text, draft) => {
      const value = Number(text);
      return value > draft.from && value <= MOST_BETA ? value : undefined;
    },
    `a number above from, at most ${MOST_BETA}`,
  ),
  beta: number("beta", 0, MOST_BETA),
  m: feature("feature"),
  by: feature("across"),
  shown: choice<"shown">("shown", ["output", "attention"], "output"),
  section: choice<"section">("section", ["all", "slab", "clock"], "all"),
  sweep: choice<"sweep">("sweep", ["star", "both"], "star"),
  trail: whole("trail", 50, 4000),
  N: choice<"units">("units", UNITS as unknown as number[], 0),
  far: choice<"far">("far", ["diagram", "paper", "map"], "diagram"),
  along: choice<"axis">("axis", ["beta", "gamma", "epsilon"], "beta"),
  up: choice<"other">("other", ["beta", "gamma", "epsilon"], "gamma"),
};

export const dynamics = new State<DynamicsView>({
  rows,
  first: () => FIRST,
  prepare: (params, draft) => {
    if (params.has("M")) {
      const features = Number(params.get("M"));
      draft.across = Math.min(draft.across, Math.max(1, features || 1));
      draft.feature = Math.min(draft.feature, Math.max(1, features || 1));
    }
  },
});

/** What the diagram shows: the state without the hair-line, so that moving it draws nothing else anew. */
const written = computed(() => {
  const { seed, features, context, gamma, epsilon, from, to, feature, section, sweep } = dynamics.value;
  return JSON.stringify({ seed, features, context, gamma, epsilon, from, to, feature, section, sweep });
});

export type Shows = Omit<
  DynamicsView,
  "beta" | "across" | "shown" | "trail" | "units" | "far" | "axis" | "other"
>;
export const shows = computed(() => JSON.parse(written.value) as Shows);
