/** What the belief room shows, and its rows in the link. */
import { rowsOf } from "../../shell/row";
import { State } from "../../shell/state";

export const WEIGHTS = ["uniform", "probability", "prefix"] as const;
export type Weights = (typeof WEIGHTS)[number];

export interface BeliefView {
  /** A model of a process; empty: the first that is listed. */
  readonly model: string;
  /** A checkpoint; empty: the last. */
  readonly revision: string;
  readonly place: string;
  readonly weights: Weights;
  /** Whether the last checkpoint's probe is held on all, instead of one fitted to each. */
  readonly frozen: boolean;
  /** How beliefs are laid on paper, by name; empty: the process' first. */
  readonly look: string;
  /** A word whose trace is shown. */
  readonly word: string;
  /** A process that is only looked at, as JSON; empty: the model's. */
  readonly process: string;
}

export const FIRST: BeliefView = {
  model: "",
  revision: "",
  place: "",
  weights: "uniform",
  frozen: false,
  look: "",
  word: "",
  process: "",
};

const { row, choice, flag, text } = rowsOf<BeliefView>();

const NAME = /^[A-Za-z0-9][A-Za-z0-9._\-/+]*$/;
const named = (field: "model" | "revision", expected: string) =>
  row(
    field,
    (state) => state[field] || null,
    (found) => (NAME.test(found) && found.length <= 200 ? found : undefined),
    expected,
  );

export const beliefView = new State<BeliefView>({
  rows: {
    bmodel: named("model", "a model's name"),
    bstep: named("revision", "a checkpoint's name"),
    bplace: row(
      "place",
      (state) => state.place || null,
      (found) =>
        /^(embed|final|concat|all|blocks\.\d{1,3}\.hook_resid_(mid|post))$/.test(found) ? found : undefined,
      "a place such as embed, blocks.1.hook_resid_post, final or concat",
    ),
    bweights: choice("weights", WEIGHTS, FIRST.weights),
    bfrozen: flag("frozen", FIRST.frozen),
    blook: row(
      "look",
      (state) => state.look || null,
      (found) => (/^[a-z]\w{0,9}$/.test(found) ? found : undefined),
      "the name of a view",
    ),
    bword: text("word", 64),
    bprocess: text("process", 6000),
  },
  first: () => FIRST,
});

export const showBelief = beliefView.change;
