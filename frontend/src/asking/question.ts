/**
 * One question to whatever answers: priced, asked, followed, its parts fetched as they come, cancelled, asked again.
 *
 * The newest request wins. What was answered is kept, so that going back to it asks nobody. It knows no model and no
 * room: what a request means, and what is made of its answer, is told by whoever asks.
 */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { Unreachable } from "../api/client";
import { problemOf } from "../api/problem";
import { rowsListed } from "../api/recipe";
import { source } from "../api/source";
import type { Analysis, AnyRequest, Estimate, Offer, Problem } from "../api/types";
import { Answers } from "./answers";
import { busy } from "./busy";
import { priceOf, settle } from "./consent";
import { follow } from "./follow";
import type { Options } from "./options";
import { Fetching, type Gap, isPart } from "./parts";
import { presents } from "./present";
import { isLost, returned } from "./returned";
import { isUnderWay, type Status } from "./status";
import type { Progress } from "./transfer";

/** One time of asking. */
interface Run<R> {
  readonly request: R;
  readonly text: string;
  /** Somebody said that it shall run, whatever it costs. */
  readonly word: boolean;
  readonly stop: AbortController;
  /** What there is to cancel. */
  key: string | null;
}

const PAUSE = 220;
const KEPT = 48;
/** How often a question that somebody else cancelled, or a new server does not know, is asked again by itself. */
const AGAIN = 2;

export class Question<R extends AnyRequest, T, P = never, A extends Analysis = never> {
  readonly status = signal<Status>("empty");
  readonly offer = signal<Offer | null>(null);
  readonly estimate = signal<Estimate | null>(null);
  readonly progress = signal<Progress | null>(null);
  /** Why it is refused. */
  readonly problem = signal<Problem | null>(null);
  /** From asking to the whole answer, as a visitor felt it; null where the answer was known. */
  readonly seconds = signal<number | null>(null);
  /** The present question; empty where nothing is asked. */
  readonly text: ReadonlySignal<string>;

  private readonly answers: Answers<T, P, A>;
  private run: Run<R> | null = null;
  private turned = "";
  private tries = 0;
  private counted = false;
  /** Keys that nobody waits for any more, cancelled once the newer request is taken: the two may share their work. */
  private readonly stale = new Set<string>();

  /** What has come of the present request, by name. */
  readonly parts = computed(() => this.answers.entry.value.parts);
  readonly gaps = computed(() => this.answers.entry.value.gaps);

  /** The present request's own answer, once it is there. */
  readonly own = computed<T | null>(() => this.answers.entry.value.answer?.value ?? null);

  /** The answer; another request's, and `stale`, until the own one is there; null while nothing is asked. */
  readonly answer: Answers<T, P, A>["shown"];

  constructor(readonly options: Options<R, T, P, A>) {
    const { request, text = JSON.stringify, kept = KEPT } = options;
    this.text = computed(() => (request.value ? text(request.value) : ""));
    this.answers = new Answers(this.text, kept);
    this.answer = this.answers.shown;
  }

  /** Begins to answer whatever is asked; the function that is returned ends it. */
  start(): () => void {
    const { when, pause = PAUSE, patient } = this.options;
    let [before, first]: [string, boolean] = ["", true];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wanted = (): R | null => (when?.peek() === false ? null : this.options.request.peek());
    const leave = this.options.background ? () => undefined : presents(() => [wanted() ?? []].flat());
    const end = effect(() => {
      const [text, open] = [this.text.value, when?.value !== false];
      if (`${open} ${text}` === before) return;
      before = `${open} ${text}`;
      // The present one, or the one that is about to begin, looks what is asked by then.
      if (patient && isUnderWay(this.status.peek()) && open && text !== "") return;
      clearTimeout(timer);
      if (!this.turnTo(text, open)) return;
      timer = setTimeout(() => this.begin(false), first ? 0 : pause);
      first = false;
    });
    return () => {
      clearTimeout(timer);
      leave();
      end();
      this.cancel();
    };
  }

  /** A person wants it, whatever it costs. */
  go(): void {
    this.begin(true);
  }

  /** Asks once more what was refused, cancelled or not reached. */
  again(): void {
    this.tries = 0;
    this.begin(false);
  }

  /** Stops it; what has arrived stays. */
  cancel(): void {
    if (!isUnderWay(this.status.peek())) return;
    this.leave(false);
    this.tell("cancelled");
  }

  /** Another request, or the same wanted or wanted no longer: true where it has to be asked. */
  private turnTo(text: string, open: boolean): boolean {
    const changed = text !== this.turned;
    if (!changed && this.status.peek() === "cancelled") return false;
    this.turned = text;
    this.tries = 0;
    const { answer } = this.answers.of(text);
    const asked = open && text !== "" && !answer;
    this.leave(asked);
    batch(() => {
      if (changed) {
        this.answers.turnTo(text);
        this.offer.value = null;
        this.estimate.value = null;
      }
      this.seconds.value = null;
      this.tell(text === "" ? "empty" : answer ? "done" : open ? "pricing" : "waiting");
    });
    return asked;
  }

  private tell(status: Status, problem: Problem | null = null): void {
    // What waits for being wanted at all is no work: no run has begun.
    const counted = this.run !== null && isUnderWay(status) && !this.options.background;
    batch(() => {
      busy.value += Number(counted) - Number(this.counted);
      this.counted = counted;
      this.status.value = status;
      this.progress.value = null;
      this.problem.value = problem;
    });
  }

  private begin(word: boolean): void {
    const request = this.options.request.peek();
    this.leave(request !== null);
    if (!request) return;
    const text = this.text.peek();
    const run: Run<R> = { request, text, word, stop: new AbortController(), key: null };
    this.run = run;
    this.turned = text;
    batch(() => {
      this.answers.turnTo(text);
      this.seconds.value = null;
      this.tell(this.options.line ? "waiting" : "pricing");
    });
    this.ask(run).catch((error: unknown) => this.failed(error, run));
  }

  private async ask(run: Run<R>): Promise<void> {
    const leave = await this.options.line?.enter(run.stop.signal);
    try {
      if (!run.stop.signal.aborted && (await this.mayRun(run))) await this.answerTo(run);
    } finally {
      leave?.();
    }
  }

  /** Whether it may be posted; else its price is said, and what is there of it already is fetched. */
  private async mayRun({ request, text, word, stop: { signal } }: Run<R>): Promise<boolean> {
    const { unbidden } = this.options;
    const price = await priceOf(request, word, unbidden, signal);
    if (signal.aborted) return false;
    if (!price) return true;
    const { offer, goes } = price;
    batch(() => {
      this.offer.value = offer;
      this.estimate.value = offer.estimate;
      if (!goes) this.tell("priced");
    });
    if (goes) return true;
    this.cancelStale();
    const fetching = unbidden && this.fetching(text, signal);
    for (const part of offer.ready) fetching?.want(part.request, part.key);
    return false;
  }

  private async answerTo(run: Run<R>): Promise<void> {
    const { request, text, stop } = run;
    const { read, parts, accepted, finished } = this.options;
    const fetching = this.fetching(text, stop.signal);
    const began = performance.now();
    const file = await follow(request, stop.signal, {
      accepted: (ticket) => {
        run.key = ticket.key;
        this.stale.delete(ticket.key);
        this.cancelStale();
        batch(() => {
          if (ticket.status !== "refused") accepted?.(ticket, text);
          this.estimate.value = ticket.estimate;
          this.status.value = "running";
        });
      },
      progress: (now) => {
        this.progress.value = now;
      },
      ready: (part, key) => fetching?.want(part, key),
      skipped: (...gap) => this.skip(text, ...gap),
    });
    if (!file) return;
    if (parts?.whole) {
      for (const { request: part, key } of [...rowsListed(file, "frames"), ...rowsListed(file, "cells")])
        if (part && key) fetching?.want(part, key);
      await fetching?.idle();
    }
    if (stop.signal.aborted) return;
    this.run = null;
    batch(() => {
      const value = read(file, request);
      this.answers.answer(text, value);
      this.seconds.value = (performance.now() - began) / 1000;
      this.tell("done");
      finished?.(request, value);
    });
    settle(request);
    this.catchUp(text);
  }

  /** Asks what the patient kept waiting. */
  private catchUp(text: string): void {
    const { patient, when } = this.options;
    const now = this.text.peek();
    if (patient && now !== text && this.turnTo(now, when?.peek() !== false)) this.begin(false);
  }

  private fetching(text: string, signal: AbortSignal): Fetching<P, A> | null {
    const { parts, arrived } = this.options;
    if (!parts) return null;
    const here = this.answers.of(text).parts.values();
    const have = new Map([...here].map(({ name, level }) => [name, level]));
    return new Fetching(parts, have, signal, (part) =>
      batch(() => {
        if (this.answers.add(text, part)) arrived?.(part, text);
      }),
    );
  }

  private skip(text: string, request: AnyRequest | null, problem: Problem, revision = ""): void {
    const { parts } = this.options;
    const name = request && parts && isPart(parts, request) ? parts.name(request) : null;
    const gap: Gap = { name: name ?? revision, request, problem };
    batch(() => {
      this.answers.skip(text, gap);
      this.options.skipped?.(gap, text);
    });
  }

  /** Nobody waits for what is under way; `next`: something newer is about to be asked. */
  private leave(next: boolean): void {
    this.run?.stop.abort();
    if (this.run?.key) this.stale.add(this.run.key);
    this.run = null;
    if (!next) this.cancelStale();
  }

  private cancelStale(): void {
    for (const key of this.stale) void source.cancel(key);
    this.stale.clear();
  }

  private failed(error: unknown, run: Run<R>): void {
    if (run.stop.signal.aborted || this.run !== run) return;
    const lost = isLost(error, run.key !== null);
    run.key = null;
    if (lost && this.tries++ < AGAIN) {
      this.begin(run.word);
      return;
    }
    this.cancelStale();
    if (error instanceof Unreachable) {
      this.tell("offline");
      void returned(run.stop.signal).then((back) => back && this.begin(run.word));
    } else {
      this.run = null;
      this.tell("refused", problemOf(error));
      this.catchUp(run.text);
    }
  }
}
