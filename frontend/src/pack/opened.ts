/** The pack that the page answers from; null where a server does. */
import { signal } from "@preact/signals";
import type { PackSource } from "./source";

export const pack = signal<PackSource | null>(null);

/** Where a pack lies beside the page, as the page's own head says; null where none does. */
export function packBeside(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="stable-regions-pack"]')?.content ?? null;
}
