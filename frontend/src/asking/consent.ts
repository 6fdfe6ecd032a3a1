/**
 * A person's word. What would be downloaded is said before anything is posted, and a link that somebody shared never
 * begins a download by itself: only a person's word does, and it holds for what it was given for.
 */
import { source } from "../api/source";
import type { AnyRequest, Estimate, Offer, Problem } from "../api/types";
import { bytes } from "../kit/numbers";

/** Names what a request may have to download; until somebody tells how, everything may. */
let downloadsOf: (request: AnyRequest) => readonly string[] = () => ["anything"];

export function nameDownloads(by: typeof downloadsOf): void {
  downloadsOf = by;
}

const agreed = new Set<string>();

/** A person said yes. */
export function agree(request: AnyRequest): void {
  for (const one of downloadsOf(request)) agreed.add(one);
}

/** Answered: the files are on disk now, or left it by the server's rule; next time counts anew. */
export function settle(request: AnyRequest): void {
  for (const one of downloadsOf(request)) agreed.delete(one);
}

/** Whether the request may be posted as far as a person's word goes. */
export function isAgreed(request: AnyRequest): boolean {
  return downloadsOf(request).every((one) => agreed.has(one));
}

/** Why a question that needs a download waits, where there is no room to say its price. */
export function unasked(cost: Estimate): Problem {
  return {
    type: "about:blank",
    title: "Its files are not on this disk",
    status: 0,
    detail: `${bytes(cost.download_bytes ?? 0)} would have to be downloaded first.`,
    next: "Open the checkpoint in the Slice room, and download it there.",
  };
}

/**
 * What a request costs, and whether it goes at that: with a person's word it does, unasked; else where nothing is downloaded
 * that nobody agreed to and `unbidden` allows it. Null: it goes, and its price need not be asked.
 */
export async function priceOf(
  request: AnyRequest,
  word: boolean,
  unbidden: ((offer: Offer) => boolean) | undefined,
  signal: AbortSignal,
): Promise<{ readonly offer: Offer; readonly goes: boolean } | null> {
  if (word) agree(request);
  if (word || (!unbidden && isAgreed(request))) return null;
  const offer = await source.offer(request, signal);
  const free = isAgreed(request) || !offer.estimate.download_bytes;
  return { offer, goes: offer.there || (free && (unbidden?.(offer) ?? true)) };
}
