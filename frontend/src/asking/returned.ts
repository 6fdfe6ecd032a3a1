/** What was lost on the way: a server that went away, and a request that somebody else cancelled. */
import { Refused } from "../api/client";
import { source } from "../api/source";

const POLL = 2000;

/** Looks every two seconds; true once the server answers, false where the signal is aborted before. */
export async function returned(signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, POLL));
    if (!signal.aborted && (await source.alive())) break;
  }
  return !signal.aborted;
}

/** Whether it was cancelled by somebody else, or is unknown to a server that began anew: nothing is wrong with what was asked. */
export function isLost(error: unknown, wasTaken: boolean): boolean {
  if (!(error instanceof Refused)) return false;
  return error.problem.type.endsWith(":cancelled") || (wasTaken && error.problem.status === 404);
}
