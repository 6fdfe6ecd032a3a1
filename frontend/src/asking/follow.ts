/** Asking once: posted, followed to its end, fetched. */
import { Refused } from "../api/client";
import { decodeResult, type ResultFile } from "../api/decode";
import { rowsListed } from "../api/recipe";
import { source } from "../api/source";
import type { AnyRequest, Problem, Ticket } from "../api/types";
import { Meter, type Progress, progressOf } from "./transfer";

/** What is heard on the way; gaps that nobody told of are those that the result lists. */
export interface Hearing {
  accepted(ticket: Ticket): void;
  progress(now: Progress): void;
  ready(request: AnyRequest, key: string): void;
  /** Where a gap has no request, its checkpoint is named. */
  skipped(request: AnyRequest | null, problem: Problem, revision?: string): void;
}

/** The result, or null when the signal was aborted meanwhile. Throws `Refused` with the reason, or `Unreachable`. */
export async function follow(
  request: AnyRequest,
  signal: AbortSignal,
  hear: Hearing,
): Promise<ResultFile | null> {
  // Never broken off: the server may have begun already, and only the answer tells what there is to cancel.
  const ticket = await source.ask(request);
  if (signal.aborted) {
    if (ticket.status !== "done") void source.cancel(ticket.key);
    return null;
  }
  hear.accepted(ticket);
  if (ticket.problem && ticket.status === "refused") throw new Refused(ticket.problem);
  const meter = new Meter();
  let gaps = 0;
  if (ticket.status !== "done")
    for await (const event of source.events(ticket.key, signal)) {
      if (event.event === "progress") hear.progress(progressOf(event, meter));
      else if (event.event === "ready") hear.ready(event.request, event.key);
      else if (event.event === "skipped") {
        gaps++;
        hear.skipped(event.request, event.problem);
      } else if (event.event === "refused") throw new Refused(event.problem);
    }
  if (signal.aborted) return null;
  const file = decodeResult(await source.result(ticket.key, signal));
  if (gaps === 0)
    for (const { request: part, revision, problem } of rowsListed(file, "skipped"))
      if (problem) hear.skipped(part ?? null, problem, revision);
  return file;
}
