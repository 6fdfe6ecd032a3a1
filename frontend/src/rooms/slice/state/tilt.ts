/** The plane turned about the line AB: what the picture needs to know of it. How it is turned is `regions/turning.ts`. */
import { signal } from "@preact/signals";
import type { Slice } from "../../../field/slice";

/** The slider is in the hand: nothing else is asked. */
export const sliding = signal(false);

/** The newest coarse picture that followed the hand. */
export const quick = signal<Slice | null>(null);
