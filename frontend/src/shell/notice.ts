/** What the page as a whole is told. */
import { signal } from "@preact/signals";

/** A passing message: a file that could not be read, a download that failed. */
export const notice = signal<string | null>(null);

/** A file hovers over the page. */
export const hovering = signal(false);
