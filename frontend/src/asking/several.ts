/**
 * Several slices at once, each asked as a request of its own: a few in flight, the rest in line, the newest list wins.
 *
 * What is wanted is a list; what is no longer on it is given up, what is answered is kept for a while, so that going
 * back to it asks nobody. Coarse levels are shown as they come.
 */
import { signal } from "@preact/signals";
import { alive, Refused, result, Unreachable } from "../api/client";
import { decodeResult, type ResultFile } from "../api/decode";
import { problemOf } from "../api/problem";
import type { Problem, SliceRequest } from "../api/types";
import { type Slice, sliceOf } from "../field/slice";
import { answered } from "./answer";

export type Standing = "waiting" | "running" | "done" | "refused" | "offline" | "cancelled";

export interface Asked {
  readonly standing: Standing;
  /** The finest level that has arrived. */
  readonly slice: Slice | null;
  readonly problem: Problem | null;
  /** Share of the points that are computed, while it runs. */
  readonly part: number;
}

const NEW: Asked = { standing: "waiting", slice: null, problem: null, part: 0 };

/** Requests in flight at once: the server computes one after another, and other visitors wait too. */
const IN_FLIGHT = 2;
/** Answers that are kept although nobody shows them. */
const KEPT = 48;
/** How often a request that somebody else cancelled is asked again. */
const AGAIN = 2;
const POLL = 2000;

/** The server as this file needs it; tests put a paper one in its place. */
export interface Counter {
  readonly answered: typeof answered;
  readonly part: (url: string, signal: AbortSignal) => Promise<ResultFile>;
  readonly alive: () => Promise<boolean>;
}

const SERVER: Counter = {
  answered,
  part: async (url, signal) => decodeResult(await result(url, signal)),
  alive,
};

export const textOf = (request: SliceRequest): string => JSON.stringify(request);

export class Several {
  /** By the request's text. */
  readonly answers = signal<ReadonlyMap<string, Asked>>(new Map());
  private wanted: ReadonlyMap<string, SliceRequest> = new Map();
  private readonly running = new Map<string, AbortController>();
  private readonly tries = new Map<string, number>();
  private poll: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly counter: Counter = SERVER) {}

  /** Answers these, in this order, and gives up everything else. */
  want(requests: readonly SliceRequest[]): void {
    this.wanted = new Map(requests.map((request) => [textOf(request), request]));
    for (const [text, stop] of this.running) {
      if (this.wanted.has(text)) continue;
      stop.abort();
      this.running.delete(text);
    }
    const kept = new Map(this.answers.peek());
    for (const text of this.wanted.keys()) {
      const known = kept.get(text);
      kept.delete(text);
      kept.set(text, known?.standing === "done" || this.running.has(text) ? (known ?? NEW) : again(known));
    }
    for (const text of [...kept.keys()].slice(0, -KEPT)) kept.delete(text);
    this.answers.value = kept;
    this.tries.clear();
    this.pump();
  }

  /** Gives up what is not there yet; `want` takes it up again. */
  stop(): void {
    for (const stop of this.running.values()) stop.abort();
    this.running.clear();
    clearTimeout(this.poll);
    for (const text of this.wanted.keys()) {
      const standing = this.answers.peek().get(text)?.standing;
      if (standing === "waiting" || standing === "running") this.put(text, { standing: "cancelled" });
    }
  }

  /** Asks what was refused, cancelled or not reached once more. */
  again(): void {
    this.want([...this.wanted.values()]);
  }

  private pump(): void {
    for (const [text, request] of this.wanted) {
      if (this.running.size >= IN_FLIGHT) return;
      if (this.running.has(text) || this.answers.peek().get(text)?.standing !== "waiting") continue;
      const stop = new AbortController();
      this.running.set(text, stop);
      this.put(text, { standing: "running" });
      this.ask(text, request, stop.signal)
        .catch((error: unknown) => {
          if (!stop.signal.aborted) this.failed(text, error);
        })
        .finally(() => {
          if (this.running.get(text) === stop) this.running.delete(text);
          this.pump();
        });
    }
  }

  private async ask(text: string, request: SliceRequest, signal: AbortSignal): Promise<void> {
    let [newest, loading]: [string | null, boolean] = [null, false];
    const load = async (): Promise<void> => {
      if (loading) return;
      loading = true;
      while (newest !== null && !signal.aborted) {
        const url = newest;
        newest = null;
        this.arrived(text, sliceOf(await this.counter.part(url, signal)));
      }
      loading = false;
    };
    const file = await this.counter.answered(request, signal, {
      progress: ({ done, total }) => {
        if (!signal.aborted) this.put(text, { part: total > 0 ? done / total : 0 });
      },
      ready: (event) => {
        newest = event.url;
        load().catch(() => undefined); // a coarse level that is lost is no harm: the whole answer follows
      },
    });
    if (!file || signal.aborted) return;
    this.arrived(text, sliceOf(file));
    this.put(text, { standing: "done", problem: null, part: 1 });
  }

  private arrived(text: string, slice: Slice): void {
    const before = this.answers.peek().get(text)?.slice;
    if (!before || before.nx <= slice.nx) this.put(text, { slice });
  }

  private put(text: string, patch: Partial<Asked>): void {
    const before = this.answers.peek().get(text) ?? NEW;
    this.answers.value = new Map(this.answers.peek()).set(text, { ...before, ...patch });
  }

  private failed(text: string, error: unknown): void {
    const tried = this.tries.get(text) ?? 0;
    if (error instanceof Unreachable) {
      this.put(text, { standing: "offline" });
      this.lookAgain();
    } else if (error instanceof Refused && error.problem.type.endsWith(":cancelled") && tried < AGAIN) {
      this.tries.set(text, tried + 1);
      this.put(text, { standing: "waiting" });
    } else this.put(text, { standing: "refused", problem: problemOf(error) });
  }

  /** The server is gone: asks again by itself once it is back. */
  private lookAgain(): void {
    clearTimeout(this.poll);
    this.poll = setTimeout(async () => {
      if (await this.counter.alive()) this.again();
      else this.lookAgain();
    }, POLL);
  }
}

function again(known: Asked | undefined): Asked {
  return { ...NEW, slice: known?.slice ?? null };
}
