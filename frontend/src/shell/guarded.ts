/** Exports: how far a long one is, and what went wrong with one. */
import { signal } from "@preact/signals";
import { notice } from "./notice";

/** How far a long export is. */
export const saveProgress = signal<string | null>(null);

/** Runs an export; what fails is said on the page. */
export async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    notice.value = `This could not be saved: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    saveProgress.value = null;
  }
}
