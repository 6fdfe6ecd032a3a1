/** Looking inside the curve between two prompts, at the checkpoint on screen; asked only while it is looked at. */
import { computed, effect, signal } from "@preact/signals";
import { problemOf } from "../../../api/problem";
import type { CurveRequest, Problem } from "../../../api/types";
import { answered } from "../../../asking/answer";
import { Newest } from "../../../asking/newest";
import { type Inside, insideOf } from "../../../field/inside";
import { edgeOf } from "../../../field/line";
import { isOpen } from "../../../shell/address";
import { view } from "../../../subject/state";
import { sliceRequestOf, type View } from "../../../subject/view";
import { line } from "./line";
import { playing } from "./play";
import { sliceView } from "./view";

const PAUSE = 200;
/** Answers that are kept. */
const KEPT = 24;

const known = signal<ReadonlyMap<string, Inside>>(new Map());
const failed = signal<{ readonly text: string; readonly problem: Problem } | null>(null);

/** Stage and share of the work that is done. */
export const insideProgress = signal<{ readonly stage: string; readonly share: number } | null>(null);

/** The curve of the line's two prompts, with all that can be seen inside; null for a line between other points. */
export const insideRequest = computed<CurveRequest | null>(() => {
  const edge = edgeOf(line.value);
  return edge
    ? requestOf(view.value, edge.map((letter) => "ABC".indexOf(letter)) as [0 | 1 | 2, 0 | 1 | 2])
    : null;
});

function requestOf(from: View, [a, b]: readonly [0 | 1 | 2, 0 | 1 | 2]): CurveRequest {
  const { logits, path } = sliceView.value;
  return {
    analysis: "curve",
    model: sliceRequestOf(from).model,
    prompts: [from.prompts[a], from.prompts[b]],
    write_layer: from.layer,
    distance: logits ? "logit_diff" : from.distance,
    path,
    steps: 101,
    flips: true,
    compression: true,
    prepend_bos: from.bos,
  };
}

const text = computed(() => (insideRequest.value ? JSON.stringify(insideRequest.value) : ""));

let last: Inside | null = null;

/** What is inside; another curve's, and `stale`, until its own is there. */
export const inside = computed<{ readonly found: Inside; readonly stale: boolean } | null>(() => {
  const own = known.value.get(text.value);
  if (own) {
    last = own;
    return { found: own, stale: false };
  }
  return last && insideRequest.value ? { found: last, stale: true } : null;
});

export const insideProblem = computed(() =>
  failed.value?.text === text.value ? failed.value.problem : null,
);

export function startInside(): void {
  const newest = new Newest();
  effect(() => {
    const open = isOpen.value && sliceView.value.enlarged === "inside" && !playing.value;
    const request = open ? insideRequest.value : null;
    const own = request ? text.value : "";
    newest.ask(own, PAUSE, async (signal) => {
      if (!request || known.peek().has(own)) return;
      failed.value = null;
      insideProgress.value = { stage: "queue", share: 0 };
      try {
        const file = await answered(request, signal, {
          progress: ({ stage, done, total }) => {
            insideProgress.value = { stage, share: total > 0 ? done / total : 0 };
          },
        });
        if (file) keep(own, insideOf(file));
      } catch (error) {
        if (!signal.aborted) failed.value = { text: own, problem: problemOf(error) };
      }
      if (!signal.aborted) insideProgress.value = null;
    });
  });
}

function keep(own: string, found: Inside): void {
  const all = new Map(known.peek()).set(own, found);
  for (const old of all.keys()) {
    if (all.size <= KEPT) break;
    all.delete(old);
  }
  known.value = all;
}
