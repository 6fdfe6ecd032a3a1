/** What is known of the answers to a question's texts: the present one and some before it. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Analysis } from "../api/types";
import type { Gap, Part } from "./parts";

export interface Entry<T, P, A extends Analysis> {
  readonly answer: { readonly value: T } | null;
  readonly parts: ReadonlyMap<string, Part<P, A>>;
  readonly gaps: ReadonlyMap<string, Gap>;
}

export class Answers<T, P, A extends Analysis> {
  private readonly nothing: Entry<T, P, A> = { answer: null, parts: new Map(), gaps: new Map() };
  private readonly known = signal<ReadonlyMap<string, Entry<T, P, A>>>(new Map());
  private readonly last = signal<T | null>(null);

  /** Of the present text. */
  readonly entry = computed<Entry<T, P, A>>(() => this.known.value.get(this.text.value) ?? this.nothing);

  /** The present text's answer; another's, and `stale`, until it is there; null while nothing is asked. */
  readonly shown = computed<{ readonly value: T; readonly stale: boolean } | null>(() => {
    if (this.text.value === "") return null;
    const { answer } = this.entry.value;
    return answer ? { ...answer, stale: false } : this.last.value && { value: this.last.value, stale: true };
  });

  constructor(
    private readonly text: ReadonlySignal<string>,
    private readonly kept: number,
  ) {}

  of(text: string): Entry<T, P, A> {
    return this.known.peek().get(text) ?? this.nothing;
  }

  /** Puts what is known of a text last, and forgets the oldest. */
  turnTo(text: string): void {
    const all = new Map(this.known.peek());
    all.delete(text);
    all.set(text, this.of(text));
    for (const old of [...all.keys()].slice(0, -1 - this.kept)) all.delete(old);
    this.known.value = all;
  }

  answer(text: string, value: T): void {
    this.last.value = value;
    this.put(text, { answer: { value } });
  }

  /** Whether the part is no coarser than what is there, and was taken. */
  add(text: string, part: Part<P, A>): boolean {
    const { parts } = this.of(text);
    if ((parts.get(part.name)?.level ?? -1) > part.level) return false;
    this.put(text, { parts: new Map(parts).set(part.name, part) });
    return true;
  }

  skip(text: string, gap: Gap): void {
    this.put(text, { gaps: new Map(this.of(text).gaps).set(gap.name, gap) });
  }

  private put(text: string, more: Partial<Entry<T, P, A>>): void {
    const known = this.known.peek().get(text);
    if (known) this.known.value = new Map(this.known.peek()).set(text, { ...known, ...more });
  }
}
