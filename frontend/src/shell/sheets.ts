/** Whether the help sheet is open. */
import { signal } from "@preact/signals";

export const helpOpen = signal(false);
