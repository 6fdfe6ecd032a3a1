/** Sheets that any room can open over the page. */
import { signal } from "@preact/signals";

/** What one sees, and the keys. */
export const helpOpen = signal(false);

/** Views worth opening. */
export const galleryOpen = signal(false);

/** The talk: an ordered list of views. */
export const talkOpen = signal(false);
