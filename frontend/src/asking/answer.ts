/** Asking for one result: posted, followed to its end, fetched. What an animation needs beyond that is in `ask.ts`. */
import { cancel, post, Refused, result } from "../api/client";
import { decodeResult, type ResultFile } from "../api/decode";
import { events } from "../api/events";
import type { AnyRequest, ProgressEvent, ReadyEvent, SkippedEvent, Ticket } from "../api/types";
import { toDownload, unasked } from "./consent";

/** What is heard on the way. */
export interface Hearing {
  /** The server took the request; its estimate is in the ticket. */
  readonly accepted?: (ticket: Ticket) => void;
  readonly progress?: (event: ProgressEvent) => void;
  /** A part is there. */
  readonly ready?: (event: ReadyEvent) => void;
  readonly skipped?: (event: SkippedEvent) => void;
  /** A person knows what it downloads, and wants it. */
  readonly agreed?: boolean;
}

/**
 * The request's result, or null when the signal was aborted meanwhile; then the server is told that nobody waits.
 *
 * Nothing is posted that would begin a download without a person's word: that is refused here, in words.
 * Throws `Refused` with the reason, `Unreachable` when no answer comes.
 */
export async function answered(
  request: AnyRequest,
  signal: AbortSignal,
  hearing: Hearing = {},
): Promise<ResultFile | null> {
  const cost = hearing.agreed ? null : await toDownload(request, signal);
  if (cost) throw new Refused(unasked(cost));
  // Never broken off: the server may have begun already, and only the answer tells what there is to cancel.
  const ticket = await post(request);
  if (signal.aborted) {
    if (ticket.status !== "done") void cancel(ticket.key);
    return null;
  }
  hearing.accepted?.(ticket);
  if (ticket.problem && ticket.status === "refused") throw new Refused(ticket.problem);
  if (ticket.status !== "done") {
    for await (const event of events(ticket.key, signal)) {
      if (event.event === "progress") hearing.progress?.(event);
      else if (event.event === "ready") hearing.ready?.(event);
      else if (event.event === "skipped") hearing.skipped?.(event);
      else if (event.event === "refused") throw new Refused(event.problem);
    }
    if (signal.aborted) {
      void cancel(ticket.key);
      return null;
    }
  }
  return decodeResult(await result(`/api/v1/results/${ticket.key}`, signal));
}
