/**
 * Asking: every change of the question becomes one animation request, and the newest wins.
 *
 * A question is the request without the frame on screen, so scrubbing asks nothing. The answer comes as events; each
 * part is fetched as it becomes ready, the frame on screen first, coarser ones passed over when a finer one is known.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import { catalogue } from "../../../api/catalogue";
import { cancel, catalogue as listed, post, Refused, result, Unreachable } from "../../../api/client";
import { decodeResult } from "../../../api/decode";
import { events } from "../../../api/events";
import { problemOf } from "../../../api/problem";
import type { AnimationRequest, Estimate, Problem, SliceRequest } from "../../../api/types";
import { agree, isAgreed, offer, settle, toDownload } from "../../../asking/consent";
import { Loader, type Places } from "../../../asking/loader";
import { isRepository } from "../../../asking/repository";
import { type Coming, comingOf, Meter } from "../../../asking/transfer";
import { isIn, isOpen } from "../../../shell/address";
import { learn } from "../../../subject/known";
import { card, question } from "../../../subject/question";
import { view } from "../../../subject/state";
import { finerRequestOf, requestOf, SWEEP } from "../../../subject/view";
import { answers, arrived, forgetOld, frames, missing, turnPage } from "./frames";
import { sliding } from "./tilt";

/** `priced`: it would need a download, and waits for a person's word. */
export type Phase = "asking" | "priced" | "running" | "done" | "refused" | "cancelled" | "offline";

export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  /** What is being downloaded; then `done` and `total` are bytes, else points. */
  readonly coming: Coming | null;
}

export const phase = signal<Phase>("asking");
export const progress = signal<Progress | null>(null);
export const problem = signal<Problem | null>(null);
export const estimate = signal<Estimate | null>(null);
/** Seconds from the last question to its last frame, as a visitor felt them. */
export const answeredIn = signal<number | null>(null);

/** Pause after the last change before asking, milliseconds. */
const PAUSE = 220;

interface Running {
  readonly stop: AbortController;
  key: string | null;
}

let running: Running | null = null;

/** Keys of questions that nobody asks any more; cancelled once the newest question has its own key. */
const stale = new Set<string>();

/** How often a question that somebody else cancelled is asked again. */
const AGAIN = 2;
let again = 0;

/** Begins to answer every question that the view poses. The first is asked at once. */
export function startAsking(): void {
  let first = true;
  let asked = "";
  let pause: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    if (!isOpen.value || !isIn("slice") || sliding.value) return;
    const text = question.value;
    if (text === asked) return;
    asked = text;
    again = 0;
    clearTimeout(pause);
    pause = setTimeout(ask, first ? 0 : PAUSE);
    if (!first) phase.value = "asking";
    first = false;
  });
}

/** Stops what is running; what has arrived stays. */
export function stop(): void {
  if (!running) return;
  const { key, stop } = running;
  running = null;
  stop.abort();
  if (key) void cancel(key);
  cancelStale();
  phase.value = "cancelled";
  progress.value = null;
}

/** Asks the present question, now. */
export function ask(): void {
  begin(requestOf(view.peek(), card.peek()), question.peek());
}

/** A person wants it at its price. */
export function accept(): void {
  const wanted = offer.peek();
  if (!wanted) return;
  agree(wanted.request);
  begin(wanted.request, wanted.turn);
}

/** Asks for the frame on screen alone, on a grid too fine for all of them; its picture joins the others. */
export function askFiner(): void {
  begin(finerRequestOf(view.peek()), null);
}

function begin(request: AnimationRequest, turn: string | null): void {
  const before = running;
  const now: Running = { stop: new AbortController(), key: null };
  running = now;
  before?.stop.abort();
  if (before?.key) stale.add(before.key);
  batch(() => {
    phase.value = turn === null ? "running" : "asking";
    progress.value = null;
    problem.value = null;
    offer.value = null;
    estimate.value = null;
    answeredIn.value = null;
  });
  answer(request, turn, now).catch((error: unknown) => {
    if (now.stop.signal.aborted || running !== now) return;
    running = null;
    if (error instanceof Refused && lost(error.problem, now.key) && again++ < AGAIN) ask();
    else fail(error);
  });
}

/** Somebody else cancelled it, or a new server does not know the ticket: nothing is wrong with the question. */
function lost(found: Problem, key: string | null): boolean {
  return found.type.endsWith(":cancelled") || (key !== null && found.status === 404);
}

function fail(error: unknown): void {
  batch(() => {
    progress.value = null;
    if (error instanceof Unreachable) {
      phase.value = "offline";
      return;
    }
    phase.value = "refused";
    problem.value = problemOf(error);
  });
}

function cancelStale(): void {
  for (const key of stale) void cancel(key);
  stale.clear();
}

/** The frames, that on screen first. */
const FRAMES: Places = {
  name: (request) => request.model.revision ?? "main",
  next: (wanted) => (wanted.has(view.peek().revision) ? view.peek().revision : undefined),
  arrived,
};

async function answer(request: AnimationRequest, turn: string | null, now: Running): Promise<void> {
  const { signal } = now.stop;
  if (!isAgreed(request)) {
    const cost = await toDownload(request, signal);
    if (signal.aborted) return;
    if (cost) {
      running = null;
      cancelStale();
      batch(() => {
        offer.value = { request, turn, cost };
        phase.value = "priced";
      });
      return;
    }
  }
  const began = performance.now();
  // Never broken off: the server may have begun already, and only the answer tells what there is to cancel.
  const ticket = await post(request).catch((error: unknown) => {
    if (!signal.aborted) cancelStale();
    throw error;
  });
  now.key = ticket.key;
  if (signal.aborted) {
    if (ticket.key !== running?.key) stale.add(ticket.key);
    if (!running || running.key) cancelStale();
    return;
  }
  stale.delete(ticket.key);
  cancelStale();
  if (ticket.problem && ticket.status === "refused") throw new Refused(ticket.problem);
  batch(() => {
    if (turn !== null && turn !== answers.peek()) turnPage(turn);
    estimate.value = ticket.estimate;
    phase.value = "running";
  });
  const loader = new Loader(signal, FRAMES);
  const meter = new Meter();
  if (ticket.status !== "done") {
    for await (const event of events(ticket.key, signal)) {
      if (event.event === "progress") {
        const { stage, done, total, seconds_left } = event;
        const coming = comingOf(event, meter, performance.now() / 1000);
        progress.value = { stage, done, total, secondsLeft: seconds_left, coming };
      } else if (event.event === "ready") loader.want(event.request, event.url);
      else if (event.event === "skipped") missing(event.request.model.revision ?? "main", event.problem);
      else if (event.event === "refused") throw new Refused(event.problem);
    }
    if (signal.aborted) return;
  }
  await completed(ticket.key, loader, signal);
  await loader.idle();
  if (signal.aborted || running !== now) return;
  running = null;
  batch(() => {
    phase.value = "done";
    progress.value = null;
    answeredIn.value = (performance.now() - began) / 1000;
    forgetOld();
  });
  settle(request);
  if (isRepository(request.slice.model.name)) void onDisk(request.slice.model.name);
}

/** What is on disk has changed: the lists that say so are asked anew. */
async function onDisk(name: string): Promise<void> {
  const before = catalogue.peek()?.models.find((one) => one.name === name)?.revisions.length ?? 0;
  const found = await learn(name).catch(() => null);
  if (found && found.on_disk.length !== before)
    catalogue.value = await listed().catch(() => catalogue.peek());
}

interface Listed {
  readonly key: string;
  readonly revision: string;
  readonly request: SliceRequest;
}

/** The finished animation lists its frames: whatever the events did not bring is fetched now. */
async function completed(key: string, loader: Loader, signal: AbortSignal): Promise<void> {
  const { metadata } = decodeResult(await result(`/api/v1/results/${key}`, signal));
  for (const frame of (metadata["frames"] ?? []) as unknown as Listed[]) {
    loader.want(frame.request, `/api/v1/results/${frame.key}`);
  }
  for (const gap of (metadata["skipped"] ?? []) as unknown as { revision: string; problem: Problem }[]) {
    missing(gap.revision, gap.problem);
  }
}

/** How many of the frames are there in full. */
export const finished = computed(() => {
  const goal = isOpen.value ? Math.min(view.value.resolution, SWEEP) : 0;
  let count = 0;
  for (const { slice, gap } of frames.value.values()) if (gap || (slice && slice.nx >= goal)) count++;
  return count;
});
