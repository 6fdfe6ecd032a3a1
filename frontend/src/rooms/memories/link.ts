/** What the memories room asks and shows, and its rows in the link. */
import { rowsOf } from "../../shell/row";
import { State } from "../../shell/state";
import type { Rule } from "./network/memory";

/** What is done to a digit before it is iterated. */
export type Harm = "mask" | "noise" | "nothing";

export interface Memories {
  readonly rule: Rule;
  /** How many digits are stored. */
  readonly stored: number;
  readonly harm: Harm;
  /** Which stored digit is shown, from 0. */
  readonly digit: number;
  readonly seed: number;
}

export const RULE_NAMES: readonly Rule[] = ["paper", "centred", "normalised"];
export const HARMS: readonly Harm[] = ["mask", "noise", "nothing"];
export const COUNTS = [3, 5, 10, 20, 50, 100, 1437] as const;

export const FIRST: Memories = { rule: "normalised", stored: 10, harm: "mask", digit: 0, seed: 0 };

const { choice, whole } = rowsOf<Memories>();

export const memoriesView = new State<Memories>({
  rows: {
    "a.rule": choice("rule", RULE_NAMES),
    "a.stored": whole("stored", 3, 1437),
    "a.harm": choice("harm", HARMS),
    "a.digit": whole("digit", 0, 1436),
    "a.seed": whole("seed", 0, 9999),
  },
  first: () => FIRST,
});
