/** How a question stands, the same in every room: its price, how far it is and how long yet; begin, stop, go on, again. */
import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Estimate, Problem } from "../api/types";
import { amount, plural } from "../kit/numbers";
import { isOurs, Refusal } from "./Refusal";
import type { Status } from "./status";
import type { Progress } from "./transfer";
import { type Count, priceText, progressText } from "./words";
import "./asking.css";

/** What is shown of a question; several together can be shown as one. */
export interface Asking {
  readonly status: ReadonlySignal<Status>;
  readonly estimate: ReadonlySignal<Estimate | null>;
  readonly progress: ReadonlySignal<Progress | null>;
  readonly problem: ReadonlySignal<Problem | null>;
  go(): void;
  again(): void;
  cancel(): void;
}

interface Props {
  readonly of: Asking;
  /** Parts that are there, of how many, and what they are called. */
  readonly count?: Count;
  /** What is said where nothing is asked. */
  readonly empty?: string;
  /** The reason of a refusal is said here, too; else the room says it in a `Refusal` of its own. */
  readonly reasons?: boolean;
  /** The price stands elsewhere. */
  readonly brief?: boolean;
  /** What is said when it is done. */
  readonly children?: ComponentChildren;
}

export function Standing({ of, count, empty, reasons, brief, children }: Props) {
  const [status, cost, now, problem] = [
    of.status.value,
    of.estimate.value,
    of.progress.value,
    of.problem.value,
  ];
  if (status === "refused" && reasons && problem)
    return <Refusal problem={problem} again={() => of.again()} />;
  return (
    <div class={`asking ${status}`} role="status">
      {words()}
    </div>
  );

  function words(): ComponentChildren {
    switch (status) {
      case "empty":
        return empty && <span class="quiet">{empty}</span>;
      case "pricing":
        return <span class="quiet">asking …</span>;
      case "waiting":
        return <span class="quiet">waiting its turn</span>;
      case "priced":
        return brief ? (
          <span class="quiet">nothing has begun</span>
        ) : (
          <>
            <span>{cost && priceText(cost, count)}</span>
            <button type="button" class="primary" onClick={() => of.go()}>
              {cost?.download_bytes ? "Download and compute" : count && count.there > 0 ? "Go on" : "Run"}
            </button>
          </>
        );
      case "running":
        return (
          <>
            <span
              class="quiet"
              title={now?.total ? `${amount(now.done)} of ${amount(now.total)} ${now.unit}` : undefined}
            >
              {progressText(now, count)}
            </span>
            <progress
              class="bar-progress"
              max={1}
              value={now?.share ?? 0}
              aria-label={now?.coming ? "Downloaded" : "Computed"}
            />
            <Act text="Cancel" act={() => of.cancel()} />
          </>
        );
      case "cancelled":
        return (
          <>
            <span class="quiet">
              cancelled
              {count ? ` at ${count.there} of ${count.of} ${count.noun}${count.of === 1 ? "" : "s"}` : ""}
            </span>
            <Act text="Go on" act={() => of.go()} />
          </>
        );
      case "offline":
        return (
          <>
            <span class="bad">no connection; it goes on by itself</span>
            <Act text="Try now" act={() => of.again()} />
          </>
        );
      case "refused":
        return (
          <>
            <span class="bad" title={problem?.detail}>
              {count && count.there > 0 && count.there < count.of
                ? `${count.there} of ${plural(count.of, count.noun)}, ${count.of - count.there} refused`
                : "not computed"}
            </span>
            {problem && !isOurs(problem) && <Act text="Try again" act={() => of.again()} />}
          </>
        );
      case "done":
        return <span class="quiet">{children}</span>;
    }
  }
}

function Act({ text, act }: { text: string; act: () => void }) {
  return (
    <button type="button" class="chip" onClick={act}>
      {text}
    </button>
  );
}
