/** How many questions are under way, those in the background apart: what nobody waits for is asked when there are none. */
import { signal } from "@preact/signals";

export const busy = signal(0);
