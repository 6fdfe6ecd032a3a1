/**
 * A question that is asked only while something on the page wants its answer: the newest wins, and what was answered is
 * kept, so that going back to a frame shows it at once.
 */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { ResultFile } from "../api/decode";
import { problemOf } from "../api/problem";
import type { AnyRequest, Problem } from "../api/types";
import { phase } from "../rooms/slice/state/ask";
import { playing } from "../rooms/slice/state/play";
import { shown } from "../rooms/slice/state/shown";
import { isOpen } from "../shell/address";
import { view } from "../subject/state";
import { SWEEP } from "../subject/view";
import { answered, type Hearing } from "./answer";

/** Pause after the last change before asking, milliseconds. */
const PAUSE = 260;
/** Answers that are kept. */
const KEPT = 48;

/** The frame on screen is there in full, or will not get finer: it comes before whatever is asked about it. */
const pictured = computed(() => {
  const now = isOpen.value ? shown.value : null;
  if (!now || now.stale) return false;
  const over = phase.value === "done" || phase.value === "cancelled";
  return over || now.slice.nx >= Math.min(view.value.resolution, SWEEP);
});

export interface Answer<T> {
  readonly value: T;
  /** It is another question's answer, shown until the own one is there. */
  readonly stale: boolean;
}

export interface Share {
  readonly stage: string;
  /** Of the work that is done, 0…1. */
  readonly share: number;
}

interface Options {
  /** Whether it is asked at all; what is known is shown either way. */
  readonly open?: ReadonlySignal<boolean>;
  /** What else is heard on the way, until the signal is aborted. */
  readonly hearing?: (signal: AbortSignal) => Hearing;
}

export class Asked<T> {
  readonly progress = signal<Share | null>(null);
  private readonly kept = signal<ReadonlyMap<string, T>>(new Map());
  private readonly failed = signal<{ readonly text: string; readonly problem: Problem } | null>(null);
  private readonly text = computed(() => (this.wanted.value ? JSON.stringify(this.wanted.value) : ""));
  private last: T | null = null;
  private readonly stopped = signal("");

  /** The answer to what is wanted, or the last one until it is there; null while nothing is wanted. */
  readonly answer: ReadonlySignal<Answer<T> | null> = computed(() => {
    const text = this.text.value;
    if (text === "") return null;
    const own = this.kept.value.get(text);
    if (own !== undefined) {
      this.last = own;
      return { value: own, stale: false };
    }
    return this.last === null ? null : { value: this.last, stale: true };
  });

  /** The answer itself, once it is there. */
  readonly own = computed(() => (this.answer.value?.stale === false ? this.answer.value.value : null));

  /** Why what is wanted has no answer. */
  readonly problem = computed(() =>
    this.failed.value?.text === this.text.value ? this.failed.value.problem : null,
  );

  /** Whether a person stopped it. */
  readonly cancelled = computed(() => this.text.value !== "" && this.stopped.value === this.text.value);

  constructor(
    private readonly wanted: ReadonlySignal<AnyRequest | null>,
    private readonly read: (file: ResultFile) => T,
    private readonly options: Options = {},
  ) {}

  /** Begins to answer whatever is wanted. */
  start(): void {
    let before = "";
    let stop = new AbortController();
    let pause: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      const quiet = playing.value || !pictured.value || this.options.open?.value === false;
      const text = quiet ? "" : this.text.value;
      const done = this.cancelled.value;
      if (text === before && !done) return;
      before = done ? "" : text;
      stop.abort();
      clearTimeout(pause);
      this.progress.value = null;
      const request = this.wanted.peek();
      if (text === "" || done || !request || this.kept.peek().has(text)) return;
      stop = new AbortController();
      const { signal } = stop;
      pause = setTimeout(() => void this.ask(request, text, signal), PAUSE);
    });
  }

  /** Stops asking, until something else is wanted or `again` is called. */
  cancel(): void {
    this.stopped.value = this.text.peek();
  }

  again(): void {
    batch(() => {
      this.stopped.value = "";
      this.failed.value = null;
    });
  }

  private async ask(request: AnyRequest, text: string, signal: AbortSignal): Promise<void> {
    this.failed.value = null;
    this.progress.value = { stage: "queue", share: 0 };
    try {
      const file = await answered(request, signal, {
        ...this.options.hearing?.(signal),
        progress: ({ stage, done, total }) => {
          if (!signal.aborted) this.progress.value = { stage, share: total > 0 ? done / total : 0 };
        },
      });
      if (file && !signal.aborted) this.keep(text, this.read(file));
    } catch (error) {
      if (!signal.aborted) this.failed.value = { text, problem: problemOf(error) };
    }
    if (!signal.aborted) this.progress.value = null;
  }

  private keep(text: string, value: T): void {
    const all = new Map(this.kept.peek()).set(text, value);
    for (const old of all.keys()) {
      if (all.size <= KEPT) break;
      all.delete(old);
    }
    this.kept.value = all;
  }
}
