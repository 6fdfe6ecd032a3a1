/**
 * The curves of the line on screen, one a checkpoint, kept so that scrubbing asks nothing.
 *
 * From A to B every slice brings its own; any other line is asked as one sweep over all checkpoints, the frame on
 * screen first, once the picture is there. Until then, and while a line is in the hand, only the frame on screen is
 * asked; in the hand coarsely, the newest place as soon as the one before is answered.
 */
import { computed, effect, signal } from "@preact/signals";
import { problemOf } from "../../../api/problem";
import type { LineRequest, Problem } from "../../../api/types";
import { answered } from "../../../asking/answer";
import { Newest } from "../../../asking/newest";
import { swept } from "../../../asking/swept";
import { type Along, alongOf, alongOfSlice } from "../../../field/along";
import { EDGES, sameLine } from "../../../field/line";
import { isIn, isOpen } from "../../../shell/address";
import { frameNames, question } from "../../../subject/question";
import { view } from "../../../subject/state";
import { phase } from "./ask";
import { answers, frames } from "./frames";
import { dragging, hovered, line, lineRequestOf } from "./line";
import { shown } from "./shown";
import { sliceView } from "./view";

/** Steps of a line that is in the hand. */
const COARSE = 33;
/** Pause after the last change before asking, milliseconds. */
const PAUSE = 120;
/** Lines whose curves are kept. */
const KEPT = 16;

type Curves = ReadonlyMap<string, Along>;

const NONE: Curves = new Map();
const known = signal<ReadonlyMap<string, Curves>>(new Map());
const complete = signal<ReadonlySet<string>>(new Set());
const failed = signal<{ readonly question: string; readonly problem: Problem } | null>(null);

/** The line's question as text, whatever checkpoint is on screen. */
const lineQuestion = computed(() => {
  const request = lineRequestOf(view.value, line.value);
  const { revision: _, ...model } = request.model;
  return JSON.stringify({ ...request, model });
});

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
  readonly question: string;
  readonly request: LineRequest;
}

/** What has to be asked now. */
const wish = computed<Wish | null>(() => {
  if (!isOpen.value || !isIn("slice")) return null;
  const now = shown.value;
  const asked = lineQuestion.value;
  if (!now || (now.stale && !now.stretched) || failed.value?.question === asked) return null;
  const { revision } = view.value;
  const { enlarged } = sliceView.value;
  const request = (steps?: number): LineRequest => lineRequestOf(view.value, line.value, steps);
  if (dragging.value) return { kind: "hand", question: asked, request: request(COARSE) };
  if (fromAToB.value && enlarged !== "training") return null;
  const have = known.value.get(asked) ?? NONE;
  const settled = phase.value === "done" && !hovered.value;
  if (settled) return complete.value.has(asked) ? null : { kind: "all", question: asked, request: request() };
  if (phase.value === "refused" || phase.value === "offline") return null;
  const fine = (have.get(revision)?.curve.length ?? 0) > COARSE;
  return fine ? null : { kind: "one", question: asked, request: request() };
});

/** A curve is on its way. */
export const curvePending = computed(() => wish.value !== null && !curves.value.has(view.value.revision));

/** Why the line on screen has no curve. */
export const curveProblem = computed(() =>
  failed.value?.question === lineQuestion.value ? failed.value.problem : null,
);

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

async function one({ question: asked, request }: Wish, signal: AbortSignal): Promise<void> {
  const file = await answered(request, signal);
  if (file) keep(asked, request.model.revision ?? "main", alongOf(file));
}

async function all({ question: asked, request }: Wish, signal: AbortSignal): Promise<void> {
  const revisions = frameNames.peek().filter((name) => !frames.peek().get(name)?.gap);
  await swept({ analysis: "sweep", request, revisions, write_layers: [] }, signal, {
    cell: (cell, file) => keep(asked, cell.model.revision ?? "main", alongOf(file)),
  });
  if (!signal.aborted) complete.value = new Set(complete.peek()).add(asked);
}

/** Keeps the curves true to the line. */
export function startCurves(): void {
  const newest = new Newest();
  let hand: Wish | null = null;
  let busy = false;
  const inHand = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (hand) {
      const now = hand;
      hand = null;
      await one(now, new AbortController().signal).catch((error: unknown) => fail(now, error));
    }
    busy = false;
  };
  const fail = (now: Wish, error: unknown): void => {
    failed.value = { question: now.question, problem: problemOf(error) };
  };
  effect(() => {
    const now = wish.value;
    hand = now?.kind === "hand" ? now : null;
    if (now?.kind === "hand") {
      newest.forget();
      void inHand();
      return;
    }
    const text = now
      ? `${now.kind} ${now.question} ${now.kind === "all" ? "" : now.request.model.revision}`
      : "";
    newest.ask(text, PAUSE, async (signal) => {
      if (!now) return;
      await (now.kind === "all" ? all(now, signal) : one(now, signal)).catch((error: unknown) => {
        if (!signal.aborted) fail(now, error);
      });
    });
  });
  effect(() => {
    if (phase.value === "asking" || failed.value?.question !== lineQuestion.value) failed.value = null;
  });
}
