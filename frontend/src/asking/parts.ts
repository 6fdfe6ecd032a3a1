/** The parts of an answer, fetched as they become ready: a few at a time, the newest first, each at its finest. */
import { decodeResult, type ResultFile } from "../api/decode";
import { source } from "../api/source";
import type { Analysis, AnyRequest, Problem, RequestOf } from "../api/types";

/** Which parts a question wants, and what they are to it: requests of the analyses it names. */
export interface Parts<P, A extends Analysis> {
  readonly of: A | readonly A[];
  /** Two requests of one name are levels of one part; null: it is not wanted. */
  name(request: RequestOf<A>): string | null;
  /** The greater, the finer; a part is never replaced by a coarser one. */
  level?(request: RequestOf<A>): number;
  read(file: ResultFile, request: RequestOf<A>): P;
  /** Which of those that wait is fetched next, by name; undefined: the newest. */
  next?(waiting: ReadonlyMap<string, unknown>): string | undefined;
  /** The answer is its parts: it is there when all of them are. */
  readonly whole?: boolean;
}

export interface Part<P, A extends Analysis> {
  readonly name: string;
  readonly level: number;
  readonly key: string;
  readonly request: RequestOf<A>;
  readonly value: P;
}

/** A part that cannot be had, and why. */
export interface Gap {
  /** As parts are named; the checkpoint where only that is known. */
  readonly name: string;
  readonly request: AnyRequest | null;
  readonly problem: Problem;
}

/** Fetches in flight at once, so that a long list does not crowd out the next question; the first goes alone, being waited for. */
const IN_FLIGHT = 4;

/** Whether a request is one of those parts. */
export function isPart<P, A extends Analysis>(
  parts: Parts<P, A>,
  request: AnyRequest,
): request is RequestOf<A> {
  return [parts.of].flat().some((one) => one === request.analysis);
}

export class Fetching<P, A extends Analysis> {
  private readonly waiting = new Map<string, Omit<Part<P, A>, "value">>();
  private active = 0;
  private begun = false;
  private failure: unknown = null;
  private idling: (() => void)[] = [];

  /** `have`: the level of each part that is there, or on its way. */
  constructor(
    private readonly parts: Parts<P, A>,
    private readonly have: Map<string, number>,
    private readonly signal: AbortSignal,
    private readonly arrived: (part: Part<P, A>) => void,
  ) {}

  /** Fetches a part, unless it is there as fine already. */
  want(request: AnyRequest, key: string): void {
    if (!isPart(this.parts, request)) return;
    const name = this.parts.name(request);
    const level = this.parts.level?.(request) ?? 0;
    if (name === null || (this.have.get(name) ?? -1) >= level) return;
    this.have.set(name, level);
    this.waiting.delete(name);
    this.waiting.set(name, { name, level, key, request });
    // Of a list that comes in one go the first to be fetched is the one wanted most, not the one on top.
    queueMicrotask(() => this.pump());
  }

  /** Resolves when nothing is left to fetch; throws what went wrong with any of it. */
  async idle(): Promise<void> {
    if (this.active + this.waiting.size > 0) await new Promise<void>((resolve) => this.idling.push(resolve));
    if (this.failure && !this.signal.aborted) throw this.failure;
  }

  private pump(): void {
    while (this.active < (this.begun ? IN_FLIGHT : 1) && this.waiting.size > 0 && !this.signal.aborted) {
      const name = this.parts.next?.(this.waiting) ?? [...this.waiting.keys()].at(-1);
      this.active++;
      this.fetch(name as string)
        .catch((error: unknown) => {
          this.failure ??= error;
        })
        .finally(() => {
          this.active--;
          this.begun = true;
          this.pump();
        });
    }
    if (this.active === 0 && (this.waiting.size === 0 || this.signal.aborted))
      for (const resolve of this.idling.splice(0)) resolve();
  }

  private async fetch(name: string): Promise<void> {
    const wanted = this.waiting.get(name) as Omit<Part<P, A>, "value">;
    this.waiting.delete(name);
    const file = decodeResult(await source.result(wanted.key, this.signal));
    if (!this.signal.aborted) this.arrived({ ...wanted, value: this.parts.read(file, wanted.request) });
  }
}
