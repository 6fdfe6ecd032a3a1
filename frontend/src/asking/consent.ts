/**
 * The price first. What would be downloaded is said before anything is posted, and a link that somebody shared never
 * begins a download by itself: only a person's word does, and it holds for the checkpoints it was given for.
 */
import { signal } from "@preact/signals";
import { offer as ask } from "../api/client";
import type { AnimationRequest, AnyRequest, Estimate, Problem } from "../api/types";
import { bytes } from "../kit/numbers";
import { isRepository } from "./repository";

/** A question that waits for a word, and what it would cost. */
export interface Offer {
  readonly request: AnimationRequest;
  /** As `ask` wants it back. */
  readonly turn: string | null;
  readonly cost: Estimate;
}

export const offer = signal<Offer | null>(null);

const agreed = new Set<string>();

const checkpoints = ({ slice, revisions }: AnimationRequest): string[] =>
  revisions.map((revision) => `${slice.model.name} ${revision}`);

/** A person said yes. */
export function agree(request: AnimationRequest): void {
  for (const one of checkpoints(request)) agreed.add(one);
}

/** Answered: the files are on disk now, or left it by the server's rule; next time counts anew. */
export function settle(request: AnimationRequest): void {
  for (const one of checkpoints(request)) agreed.delete(one);
}

/** Whether the question may be posted as far as a person's word goes. */
export function isAgreed(request: AnimationRequest): boolean {
  return checkpoints(request).every((one) => agreed.has(one));
}

/** What a request would download; null where that is nothing. Only models of the hub are asked about. */
export async function toDownload(request: AnyRequest, abort?: AbortSignal): Promise<Estimate | null> {
  if (!modelsOf(request).some(isRepository)) return null;
  const { estimate: cost } = await ask(request, abort);
  return (cost.download_bytes ?? 0) > 0 ? cost : null;
}

/** Names of the models that a request names, wherever it does. */
export function modelsOf(request: object): string[] {
  return Object.entries(request).flatMap(([field, value]: [string, unknown]) => {
    if (field === "model" || field === "models")
      return [value]
        .flat()
        .map(nameOf)
        .filter((name) => name !== "");
    return typeof value === "object" && value !== null ? modelsOf(value) : [];
  });
}

function nameOf(model: unknown): string {
  if (typeof model === "string") return model;
  const named = typeof model === "object" && model !== null && "name" in model ? model.name : "";
  return typeof named === "string" ? named : "";
}

/** Why a request that needs a download is not posted from where nobody can be asked. */
export function unasked(cost: Estimate): Problem {
  return {
    type: "about:blank",
    title: "Its files are not on this disk",
    status: 0,
    detail: `${bytes(cost.download_bytes ?? 0)} would have to be downloaded first.`,
    next: "Open the checkpoint in the Slice room, and download it there.",
  };
}
