/**
 * Asking with the price first: what is in the cache is shown at once; for anything else its cost is said, and it is
 * computed when somebody says so. Parts that are there already are shown meanwhile, and new ones as they come.
 */
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { offer as priced, result, Unreachable } from "../api/client";
import { decodeResult, type ResultFile } from "../api/decode";
import { problemOf } from "../api/problem";
import type { AnyRequest, Offer, Problem, ProgressEvent } from "../api/types";
import { answered } from "./answer";
import { returned } from "./returned";

export type Standing =
  | "empty"
  | "pricing"
  | "offered"
  | "running"
  | "done"
  | "stopped"
  | "refused"
  | "offline";

export interface Part {
  readonly key: string;
  readonly request: AnyRequest;
  readonly file: ResultFile;
}

export interface Gap {
  readonly request: AnyRequest;
  readonly problem: Problem;
}

export interface Offered {
  readonly standing: Signal<Standing>;
  readonly offer: Signal<Offer | null>;
  readonly progress: Signal<ProgressEvent | null>;
  readonly problem: Signal<Problem | null>;
  /** The request's own result. */
  readonly whole: Signal<ResultFile | null>;
  readonly parts: Signal<ReadonlyMap<string, Part>>;
  readonly gaps: Signal<readonly Gap[]>;
  /** Compute it. */
  readonly run: () => void;
  /** Stop computing; what is finished stays. */
  readonly stop: () => void;
  /** Ask again what it would cost. */
  readonly again: () => void;
  /** Begin to follow the question; returns what ends that. */
  readonly start: () => () => void;
}

const PAUSE = 250;
/** Parts fetched at once, so that a long list does not crowd out the next question. */
const AT_ONCE = 4;

export function offered(question: ReadonlySignal<AnyRequest | null>): Offered {
  const state = {
    standing: signal<Standing>("empty"),
    offer: signal<Offer | null>(null),
    progress: signal<ProgressEvent | null>(null),
    problem: signal<Problem | null>(null),
    whole: signal<ResultFile | null>(null),
    parts: signal<ReadonlyMap<string, Part>>(new Map()),
    gaps: signal<readonly Gap[]>([]),
  };
  let running = new AbortController();

  const fail = (error: unknown, own: AbortSignal): void => {
    if (own.aborted) return;
    const offline = error instanceof Unreachable;
    batch(() => {
      state.progress.value = null;
      state.standing.value = offline ? "offline" : "refused";
      state.problem.value = offline ? null : problemOf(error);
    });
    if (offline) void returned(own).then((back) => back && begin("pricing", price));
  };

  const queue: { key: string; url: string; request: AnyRequest; own: AbortSignal }[] = [];
  let busy = 0;
  const pump = (): void => {
    while (busy < AT_ONCE && queue.length > 0) {
      const next = queue.shift();
      if (!next || next.own.aborted || state.parts.peek().has(next.key)) continue;
      busy++;
      result(next.url, next.own)
        .then((buffer) => {
          if (next.own.aborted) return;
          const part = { key: next.key, request: next.request, file: decodeResult(buffer) };
          state.parts.value = new Map(state.parts.peek()).set(next.key, part);
        })
        .catch(() => undefined) // The whole result tells of it in the end.
        .finally(() => {
          busy--;
          pump();
        });
    }
  };
  const want = (key: string, url: string, request: unknown, own: AbortSignal): void => {
    queue.push({ key, url, request: request as AnyRequest, own });
    pump();
  };

  const price = async (request: AnyRequest, own: AbortSignal): Promise<void> => {
    const found = await priced(request, own);
    if (own.aborted) return;
    state.offer.value = found;
    if (found.there) {
      const file = decodeResult(await result(`/api/v1/results/${found.key}`, own));
      if (own.aborted) return;
      batch(() => {
        state.whole.value = file;
        state.standing.value = "done";
      });
      return;
    }
    state.standing.value = "offered";
    for (const part of found.ready) want(part.key, part.url, part.request, own);
  };

  const compute = async (request: AnyRequest, own: AbortSignal): Promise<void> => {
    const file = await answered(request, own, {
      progress: (event) => {
        state.progress.value = event;
      },
      ready: (event) => want(event.key, event.url, event.request, own),
      skipped: (event) => {
        const gap = { request: event.request as unknown as AnyRequest, problem: event.problem };
        state.gaps.value = [...state.gaps.peek(), gap];
      },
    });
    if (!file || own.aborted) return;
    batch(() => {
      state.whole.value = file;
      state.progress.value = null;
      state.standing.value = "done";
    });
  };

  /** Leaves what was under way, and begins something else of the present question. */
  const begin = (
    standing: Standing,
    work: (request: AnyRequest, own: AbortSignal) => Promise<void>,
  ): void => {
    running.abort();
    running = new AbortController();
    const request = question.peek();
    batch(() => {
      state.standing.value = request ? standing : "empty";
      state.progress.value = null;
      state.problem.value = null;
      if (standing === "running") state.gaps.value = [];
    });
    const own = running.signal;
    if (request) work(request, own).catch((error: unknown) => fail(error, own));
  };

  return {
    ...state,
    run: () => begin("running", compute),
    stop: () => {
      begin("pricing", price);
    },
    again: () => begin("pricing", price),
    start: () => {
      let before = "";
      let pause: ReturnType<typeof setTimeout> | undefined;
      const end = effect(() => {
        const text = JSON.stringify(question.value);
        if (text === before) return;
        const first = before === "";
        before = text;
        running.abort();
        clearTimeout(pause);
        batch(() => {
          state.whole.value = null;
          state.offer.value = null;
          state.parts.value = new Map();
          state.gaps.value = [];
          state.problem.value = null;
          state.progress.value = null;
          state.standing.value = question.value ? "pricing" : "empty";
        });
        pause = setTimeout(() => begin("pricing", price), first ? 0 : PAUSE);
      });
      return () => {
        clearTimeout(pause);
        running.abort();
        end();
      };
    },
  };
}
