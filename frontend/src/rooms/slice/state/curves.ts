/**
 * The curves of the line on screen, one a checkpoint, kept so that scrubbing asks nothing.
 *
 * From A to B every slice brings its own; any other line is asked as one sweep over all checkpoints, the frame on
 * screen first, once the picture is there. Until then, and while a line is in the hand, only the frame on screen is
 * asked; in the hand coarsely, the newest place as soon as the one before is answered.
 */
import { computed, signal } from "@preact/signals";
import type { LineRequest, SweepOf } from "../../../api/types";
import { unasked } from "../../../asking/consent";
import { Question } from "../../../asking/question";
import { type Along, alongOf, alongOfSlice } from "../../../field/along";
import { EDGES, sameLine } from "../../../field/line";
import { isIn, isOpen } from "../../../shell/address";
import { frameNames, question } from "../../../subject/question";
import { view } from "../../../subject/state";
import { answers, frames } from "./frames";
import { dragging, hovered, line, lineRequestOf } from "./line";
import { phase } from "./refine";
import { shown } from "./shown";
import { sliceView } from "./view";

/** Steps of a line, and of one that is in the hand. */
const STEPS = 101;
const COARSE = 33;
/** Pause after the last change before asking, milliseconds. */
const PAUSE = 120;
/** Lines whose curves are kept. */
const KEPT = 16;

type Curves = ReadonlyMap<string, Along>;

const NONE: Curves = new Map();
const known = signal<ReadonlyMap<string, Curves>>(new Map());
const complete = signal<ReadonlySet<string>>(new Set());

/** The line's question as text, whatever checkpoint is on screen and however many steps. */
function textOf({ model, ...request }: LineRequest): string {
  const { revision: _, ...own } = model;
  return JSON.stringify({ ...request, steps: STEPS, model: own });
}

const lineQuestion = computed(() => textOf(lineRequestOf(view.value, line.value)));

const fromAToB = computed(() => sameLine(line.value, EDGES[0]));

/** The curve of each checkpoint that has one. */
export const curves = computed<Curves>(() => {
  const own = known.value.get(lineQuestion.value) ?? NONE;
  if (!fromAToB.value || answers.value !== question.value) return own;
  const all = new Map<string, Along>();
  for (const [revision, { slice }] of frames.value) if (slice) all.set(revision, alongOfSlice(slice));
  for (const [revision, along] of own) all.set(revision, along);
  return all;
});

let last: Along | null = null;

/** The curve on screen; another line's or checkpoint's, and `stale`, until its own is there. */
export const curve = computed<{ readonly along: Along; readonly stale: boolean } | null>(() => {
  if (!isOpen.value) return null;
  const own = curves.value.get(view.value.revision);
  if (own) {
    last = own;
    return { along: own, stale: false };
  }
  const before = fromAToB.value && shown.value ? alongOfSlice(shown.value.slice) : last;
  return before ? { along: before, stale: true } : null;
});

interface Wish {
  readonly kind: "hand" | "one" | "all";
  readonly request: LineRequest;
}

/** What has to be asked now. */
const wish = computed<Wish | null>(() => {
  if (!isOpen.value || !isIn("slice")) return null;
  const now = shown.value;
  const asked = lineQuestion.value;
  if (!now || (now.stale && !now.stretched)) return null;
  const { revision } = view.value;
  const { enlarged } = sliceView.value;
  const request = (steps?: number): LineRequest => lineRequestOf(view.value, line.value, steps);
  if (dragging.value) return { kind: "hand", request: request(COARSE) };
  if (fromAToB.value && enlarged !== "training") return null;
  const have = known.value.get(asked) ?? NONE;
  const settled = phase.value === "done" && !hovered.value;
  if (settled) return complete.value.has(asked) ? null : { kind: "all", request: request() };
  if (phase.value === "refused" || phase.value === "offline") return null;
  const fine = (have.get(revision)?.curve.length ?? 0) > COARSE;
  return fine ? null : { kind: "one", request: request() };
});

function keep(asked: string, revision: string, along: Along): void {
  const all = new Map(known.peek());
  const before = all.get(asked) ?? NONE;
  if ((before.get(revision)?.curve.length ?? 0) > along.curve.length) return;
  all.delete(asked);
  all.set(asked, new Map(before).set(revision, along));
  for (const old of all.keys()) {
    if (all.size <= KEPT) break;
    all.delete(old);
    complete.value = new Set([...complete.peek()].filter((text) => text !== old));
  }
  known.value = all;
}

const asks = (kind: Wish["kind"]) => computed(() => (wish.value?.kind === kind ? wish.value.request : null));

const finished = (request: LineRequest, along: Along): void =>
  keep(textOf(request), request.model.revision ?? "main", along);

const hand = new Question<LineRequest, Along>({
  request: asks("hand"),
  patient: true,
  pause: 0,
  kept: 0,
  read: alongOf,
  finished,
});

const one = new Question<LineRequest, Along>({
  request: asks("one"),
  pause: PAUSE,
  kept: 0,
  read: alongOf,
  finished,
});

const all = new Question<SweepOf<LineRequest>, null, Along, "line">({
  request: computed(() => {
    if (wish.value?.kind !== "all") return null;
    const revisions = frameNames.value.filter((name) => !frames.value.get(name)?.gap);
    return { analysis: "sweep", request: wish.value.request, revisions, write_layers: [] };
  }),
  text: (sweep) => textOf(sweep.request),
  pause: PAUSE,
  kept: 0,
  read: () => null,
  parts: {
    of: "line",
    name: (part) => part.model.revision,
    read: alongOf,
    next: (waiting) => (waiting.has(view.peek().revision) ? view.peek().revision : undefined),
    whole: true,
  },
  arrived: ({ name, value }, text) => keep(text, name, value),
  finished: (sweep) => {
    complete.value = new Set(complete.peek()).add(textOf(sweep.request));
  },
});

const asked = [hand, one, all] as const;

/** Why the line on screen has no curve. */
export const curveProblem = computed(() => {
  for (const { status, problem, estimate } of asked) {
    if (problem.value) return problem.value;
    if (status.value === "priced" && estimate.value) return unasked(estimate.value);
  }
  return null;
});

/** A curve is on its way. */
export const curvePending = computed(
  () => wish.value !== null && curveProblem.value === null && !curves.value.has(view.value.revision),
);

/** Keeps the curves true to the line. */
export function startCurves(): void {
  for (const question of asked) question.start();
}
