/**
 * Several questions of one kind at once: a few in flight, the rest in line, the newest list wins.
 *
 * What is no longer on the list is given up, what is answered is kept for a while, so that going back asks nobody.
 */
import { signal } from "@preact/signals";
import type { AnyRequest } from "../api/types";
import { Line } from "./line";
import { type Options, Question } from "./question";

/** Questions in flight at once: the server computes one after another, and other visitors wait too. */
const IN_FLIGHT = 2;
/** Questions that are kept although nobody shows them. */
const KEPT = 48;

export const textOf = (request: AnyRequest): string => JSON.stringify(request);

export class Several<R extends AnyRequest, T, P> {
  /** By the request's text. */
  readonly questions = signal<ReadonlyMap<string, Question<R, T, P>>>(new Map());
  private wanted: readonly string[] = [];
  private readonly line = new Line(IN_FLIGHT);

  constructor(private readonly kind: Pick<Options<R, T, P>, "read" | "parts">) {}

  /** Answers these, in this order, and gives up everything else. */
  want(requests: readonly R[]): void {
    const all = new Map(this.questions.peek());
    const now = new Map(requests.map((request) => [textOf(request), request]));
    this.wanted = [...now.keys()];
    for (const [text, question] of all) if (!now.has(text)) question.cancel();
    for (const [text, request] of now) {
      const one = all.get(text) ?? new Question<R, T, P>({ ...this.kind, request: signal(request), line: this.line });
      all.delete(text);
      all.set(text, one);
      if (!["pricing", "waiting", "running", "done"].includes(one.status.peek())) one.again();
    }
    for (const text of [...all.keys()].slice(0, -KEPT)) all.delete(text);
    this.questions.value = all;
  }

  /** Stops what is not there yet. */
  cancel(): void {
    for (const text of this.wanted) this.questions.peek().get(text)?.cancel();
  }

  /** Asks what was refused, cancelled or not reached once more. */
  again(): void {
    this.want(this.wanted.flatMap((text) => this.questions.peek().get(text)?.request.peek() ?? []));
  }
}
