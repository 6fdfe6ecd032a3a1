/** Waiting for a server that went away. */
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
