/** Asking for the sheet: its price first; what is cheap is computed at once, what is not waits for a word. */
import { batch, computed, effect, signal } from "@preact/signals";
import { offer, Unreachable } from "../../api/client";
import { problemOf } from "../../api/problem";
import type { Estimate, Problem, SliceRequest, SweepRequest } from "../../api/types";
import { Loader } from "../../asking/loader";
import { returned } from "../../asking/returned";
import { announced } from "../../asking/swept";
import { arrived, cellOf, finished, missing, nameOf, planeNow, request, SIDE, shownCells } from "./cells";

export type Phase = "pricing" | "priced" | "running" | "done" | "cancelled" | "refused" | "offline";

export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

export const phase = signal<Phase>("pricing");
export const estimate = signal<Estimate | null>(null);
export const progress = signal<Progress | null>(null);
export const problem = signal<Problem | null>(null);

/** Names of the cells that are on screen; they are fetched first. */
export const visible = new Set<string>();

/** Points that are computed without being asked twice. */
const CHEAP = 300_000;
const PAUSE = 220;

/** Points of the cells that are not on the page yet. */
export const pointsLeft = computed(() => 3 * SIDE ** 2 * (shownCells.value.length - finished.value));

let stop = new AbortController();

/** Begins to answer what the room shows; the function that is returned ends it. */
export function startSheet(): () => void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let before: string | null = null;
  const off = effect(() => {
    const text = JSON.stringify(request.value);
    if (text === before) return;
    clearTimeout(pause);
    pause = setTimeout(begin, before === null ? 0 : PAUSE);
    before = text;
  });
  return () => {
    off();
    clearTimeout(pause);
    stop.abort();
  };
}

/** Asks what the present sheet would cost, and computes it where that is little. */
export function begin(): void {
  const asked = fresh("pricing");
  if (!asked) return;
  if (finished.peek() === shownCells.peek().length) {
    phase.value = "done";
    return;
  }
  const { signal } = stop;
  propose(asked, signal).catch((error: unknown) => failed(error, signal));
}

/** Goes on by itself where all is in the cache, or the rest is cheap and nothing is downloaded for it. */
async function propose(asked: SweepRequest, signal: AbortSignal): Promise<void> {
  const { estimate: cost, there } = await offer(asked, signal);
  if (signal.aborted) return;
  estimate.value = cost;
  for (const gap of cost.missing)
    for (const layer of asked.write_layers) missing(planeNow(), nameOf(gap.revision, layer), gap.problem);
  if (there || (pointsLeft.peek() <= CHEAP && !cost.download_bytes)) run();
  else phase.value = "priced";
}

/** Computes the present sheet, now. */
export function run(): void {
  const asked = fresh("running");
  if (!asked) return;
  const { signal } = stop;
  compute(asked, signal).catch((error: unknown) => failed(error, signal));
}

/** Stops what is running; what has arrived stays. */
export function cancelSheet(): void {
  stop.abort();
  phase.value = "cancelled";
  progress.value = null;
}

function fresh(now: Phase): SweepRequest | null {
  stop.abort();
  stop = new AbortController();
  batch(() => {
    phase.value = now;
    progress.value = null;
    problem.value = null;
  });
  return request.peek();
}

async function compute(asked: SweepRequest, signal: AbortSignal): Promise<void> {
  const sheet = planeNow();
  const loader = loaderOf(sheet, signal);
  const heard = await announced(asked, signal, {
    agreed: true, // `propose` has asked
    progress: ({ stage, done, total, seconds_left }) => {
      if (!signal.aborted) progress.value = { stage, done, total, secondsLeft: seconds_left };
    },
    ready: (slice, url) => want(loader, slice as SliceRequest, url),
    skipped: (slice, gap) => skip(sheet, asked, slice as SliceRequest, gap),
  });
  if (!heard) return;
  await loader.idle();
  if (signal.aborted) return;
  batch(() => {
    phase.value = "done";
    progress.value = null;
  });
}

function loaderOf(sheet: string, signal: AbortSignal): Loader {
  return new Loader(signal, {
    name: (slice) => nameOf(slice.model.revision ?? "main", slice.write_layer),
    next: (wanted) => [...wanted.keys()].find((name) => visible.has(name)),
    arrived: (name, slice) => arrived(sheet, name, slice),
  });
}

/** Fetches a cell, unless it is here as fine already. */
function want(loader: Loader, slice: SliceRequest, url: string): void {
  const here = cellOf(slice.model.revision ?? "main", slice.write_layer).peek().slice;
  if (!here || here.nx < (slice.resolution ?? SIDE)) loader.want(slice, url);
}

/** A gap: one cell where its three points span no plane, else the checkpoint's whole column. */
function skip(sheet: string, asked: SweepRequest, slice: SliceRequest, gap: Problem): void {
  const revision = slice.model.revision ?? "main";
  const own = gap.type.includes("degenerate");
  for (const layer of own ? [slice.write_layer] : asked.write_layers)
    missing(sheet, nameOf(revision, layer), gap);
}

function failed(error: unknown, signal: AbortSignal): void {
  if (signal.aborted) return;
  batch(() => {
    progress.value = null;
    if (error instanceof Unreachable) {
      phase.value = "offline";
      // Asks again by itself once the server is back.
      void returned(signal).then((back) => back && begin());
    } else {
      phase.value = "refused";
      problem.value = problemOf(error);
    }
  });
}
