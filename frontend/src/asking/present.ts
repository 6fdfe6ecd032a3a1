/** What is being asked now, by whoever asks: the page itself says which requests a view means. */
import type { AnyRequest } from "../api/types";

type Says = () => readonly AnyRequest[];

const askers = new Set<Says>();

/** From now on an asker's requests are among those of the present view, until what is returned is called. */
export function presents(says: Says): () => void {
  askers.add(says);
  return () => askers.delete(says);
}

/** The requests of what is on screen, each once. */
export function presentRequests(): readonly AnyRequest[] {
  const all = [...askers].flatMap((says) => says());
  return [...new Map(all.map((request) => [JSON.stringify(request), request])).values()];
}
