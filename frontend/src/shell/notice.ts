/** A passing message: a file that could not be read, a download that failed. */
import { signal } from "@preact/signals";

export const notice = signal<string | null>(null);
