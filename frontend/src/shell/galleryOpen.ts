/** Whether the gallery is open. */
import { signal } from "@preact/signals";

export const galleryOpen = signal(false);
