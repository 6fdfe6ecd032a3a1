/** Where the pointer or the key cursor is, in (α, β). */
import { signal } from "@preact/signals";

export const pointer = signal<{ alpha: number; beta: number; by: "mouse" | "keys" } | null>(null);
