/** What the slice room shows beside the plane itself, and its rows in the link. */
import { EDGES, type Line, lineFrom, lineText, sameLine } from "../../../field/line";
import { OVERLAYS, type Overlay } from "../../../field/overlay";
import { type Row, rowsOf } from "../../../shell/row";
import { State } from "../../../shell/state";

/** What is shown beside the picture, above the curve. */
export const BESIDE = ["training", "regions"] as const;
export type Beside = (typeof BESIDE)[number];

/** What the points of a region have in common: the likeliest next token, or outputs near one another. */
export const AGREE = ["token", "output"] as const;
export type Agree = (typeof AGREE)[number];

/** Of how many MLPs above the write layer polytope edges are drawn. */
export const MLPS: readonly number[] = [1, 2, 3, 4];

/** Most prompts that are shown on the picture beside A, B and C. */
export const MOST_OTHERS = 4;
/** How an enlarged curve is looked at: over checkpoints, over layers, or block by block. */
export const ENLARGED = ["training", "layers", "inside"] as const;
export type Enlarged = (typeof ENLARGED)[number];

const PATHS = ["straight", "arc"] as const;

export interface SliceView {
  /** Whether frames fade into one another while they are played. */
  readonly fade: boolean;
  /** What is laid over the picture. */
  readonly overlay: Overlay;
  readonly mlps: number;
  readonly beside: Beside;
  readonly agree: Agree;
  /** Largest step within a region, where outputs agree; null for one that suits the picture. */
  readonly threshold: number | null;
  /** Further prompts, D to G, that are shown where they lie. */
  readonly others: readonly string[];
  /** Whether the sheet of how regions form is open. */
  readonly forming: boolean;
  /** The line whose curve is shown. */
  readonly line: Line;
  /** Its curves at all checkpoints, one over the other. */
  readonly allCurves: boolean;
  /** What the enlarged curve shows; null while it is not enlarged. */
  readonly enlarged: Enlarged | null;
  /** Between two prompts, looked at from within: the way there, and whether logits are compared. */
  readonly path: (typeof PATHS)[number];
  readonly logits: boolean;
}

const FIRST: SliceView = {
  fade: false,
  overlay: "none",
  mlps: 1,
  beside: "training",
  agree: "token",
  threshold: null,
  others: [],
  forming: false,
  line: EDGES[0],
  allCurves: false,
  enlarged: null,
  path: "straight",
  logits: false,
};

const { choice, flag } = rowsOf<SliceView>();

/** `p4` to `p7`: the prompts D to G, in their order; a gap between them closes. */
function othersRow(n: number): Row<SliceView> {
  return {
    write: ({ others }) => others[n] ?? null,
    read: (text, draft) => {
      if (text === "" || text.length > 8192) return "a prompt of 1 to 8192 characters";
      if (draft.others.includes(text)) return "a prompt that is not there yet";
      draft.others = [...draft.others, text];
      return undefined;
    },
  };
}

/** `thr=0.05`: the largest step within a region, in the distance's own unit. */
const thresholdRow: Row<SliceView> = {
  write: ({ threshold }) => (threshold === null ? null : String(Number(threshold.toPrecision(4)))),
  read: (text, draft) => {
    const threshold = Number(text);
    if (text.trim() === "" || !(threshold > 0 && threshold <= 1e6)) return "a number above 0";
    draft.threshold = threshold;
    return undefined;
  },
};

const lineRow: Row<SliceView> = {
  write: (view) => (sameLine(view.line, FIRST.line) ? null : lineText(view.line)),
  read: (text, draft) => {
    const found = lineFrom(text);
    if (!found) return "two different ends, each A, B, C or a point α, β";
    draft.line = found;
    return undefined;
  },
};

export const sliceView = new State<SliceView>({
  rows: {
    fade: flag("fade", FIRST.fade),
    over: choice("overlay", OVERLAYS, FIRST.overlay),
    mlps: choice("mlps", MLPS, FIRST.mlps),
    ...Object.fromEntries(Array.from({ length: MOST_OTHERS }, (_, n) => [`p${n + 4}`, othersRow(n)])),
    beside: choice("beside", BESIDE, FIRST.beside),
    agree: choice("agree", AGREE, FIRST.agree),
    thr: thresholdRow,
    form: flag("forming", FIRST.forming),
    line: lineRow,
    all: flag("allCurves", FIRST.allCurves),
    large: choice("enlarged", ENLARGED, FIRST.enlarged),
    path: choice("path", PATHS, FIRST.path),
    logits: flag("logits", FIRST.logits),
  },
  first: () => FIRST,
});
