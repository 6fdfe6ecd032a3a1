/**
 * Several questions of one kind at once: a few in flight, the rest in line, the newest list wins; together shown as one.
 *
 * What is no longer on the list is given up, what is answered is kept for a while, so that going back asks nobody.
 */
import { computed, signal } from "@preact/signals";
import type { Analysis, AnyRequest, Estimate } from "../api/types";
import { Line } from "./line";
import type { Options } from "./options";
import { presents } from "./present";
import { Question } from "./question";
import type { Asking } from "./Standing";
import { isUnderWay, type Status } from "./status";
import type { Progress } from "./transfer";

/** Questions in flight at once: the server computes one after another, and other visitors wait too. */
const IN_FLIGHT = 2;
/** Questions that are kept although nobody shows them. */
const KEPT = 48;
/** Of the standings of several, the first that one of them has is that of all. */
const FIRST: readonly Status[] = ["offline", "cancelled", "priced", "refused"];

export const textOf = (request: AnyRequest): string => JSON.stringify(request);

export class Several<R extends AnyRequest, T, P = never, A extends Analysis = never> implements Asking {
  /** By the request's text. */
  readonly questions = signal<ReadonlyMap<string, Question<R, T, P, A>>>(new Map());
  private readonly wanted = signal<readonly string[]>([]);
  private readonly line = new Line(IN_FLIGHT);

  /** Those that are wanted. */
  private readonly present = computed(() =>
    this.wanted.value.flatMap((text) => this.questions.value.get(text) ?? []),
  );

  readonly status = computed<Status>(() => {
    const all = this.present.value.map((one) => one.status.value);
    if (all.length === 0) return "empty";
    if (!all.includes("offline") && !all.includes("cancelled") && all.some(isUnderWay)) return "running";
    return FIRST.find((status) => all.includes(status)) ?? "done";
  });

  /** Of those that wait for a word. */
  readonly estimate = computed<Estimate | null>(() => {
    const costs = this.present.value.flatMap((one) =>
      one.status.value === "priced" && one.estimate.value ? [one.estimate.value] : [],
    );
    const sum = (of: (cost: Estimate) => number | null | undefined) =>
      costs.reduce((total, cost) => total + (of(cost) ?? 0), 0);
    const [first] = costs;
    return first
      ? {
          ...first,
          points: sum((cost) => cost.points),
          passes: sum((cost) => cost.passes),
          seconds: costs.every((cost) => cost.seconds !== null) ? sum((cost) => cost.seconds) : null,
          download_bytes: sum((cost) => cost.download_bytes),
          missing: costs.flatMap((cost) => cost.missing ?? []),
        }
      : null;
  });

  readonly progress = computed<Progress | null>(() => {
    const [all, now] = [this.present.value, this.present.value.find((one) => one.progress.value)];
    const far = all.map((one) => (one.status.value === "done" ? 1 : (one.progress.value?.share ?? 0)));
    const share = far.reduce((total, one) => total + one, 0) / Math.max(1, far.length);
    return now?.progress.value ? { ...now.progress.value, share, secondsLeft: null } : null;
  });

  readonly problem = computed(
    () => this.present.value.find((one) => one.problem.value)?.problem.value ?? null,
  );

  constructor(private readonly kind: Pick<Options<R, T, P, A>, "read" | "parts">) {
    presents(() => this.present.peek().flatMap((one) => one.options.request.peek() ?? []));
  }

  /** Answers these, in this order, and gives up everything else. */
  want(requests: readonly R[]): void {
    const all = new Map(this.questions.peek());
    const now = new Map(requests.map((request) => [textOf(request), request]));
    for (const [text, question] of all) if (!now.has(text)) question.cancel();
    for (const [text, request] of now) {
      const known = all.get(text);
      const one = known ?? new Question({ ...this.kind, request: signal(request), line: this.line });
      all.delete(text);
      all.set(text, one);
      if (!isUnderWay(one.status.peek()) && one.status.peek() !== "done") one.again();
    }
    for (const text of [...all.keys()].slice(0, -KEPT)) all.delete(text);
    this.questions.value = all;
    this.wanted.value = [...now.keys()];
  }

  cancel(): void {
    for (const one of this.present.peek()) one.cancel();
  }

  /** A person's word, for those that wait for one. */
  go(): void {
    for (const one of this.present.peek()) if (one.status.peek() === "priced") one.go();
    if (this.present.peek().every((one) => one.status.peek() !== "priced")) this.again();
  }

  again(): void {
    this.want(this.present.peek().flatMap((one) => one.options.request.peek() ?? []));
  }
}
