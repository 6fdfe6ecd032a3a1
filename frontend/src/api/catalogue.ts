/** The server's catalogue as it was last read: what there is to ask about. Null until the page is open. */
import { signal } from "@preact/signals";
import type { Catalogue } from "./types";

export const catalogue = signal<Catalogue | null>(null);
