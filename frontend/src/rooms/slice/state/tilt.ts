/** The plane turned about the line AB: what the picture needs to know of it. How it is turned is `regions/turning.ts`. */
import { signal } from "@preact/signals";
import type { Slice } from "../../../field/slice";
import { change, view } from "../../../subject/state";

/** The slider is in the hand: nothing else is asked. */
export const sliding = signal(false);

/** The newest coarse picture that followed the hand. */
export const quick = signal<Slice | null>(null);

/** Shows or puts away the slider; away, the plane goes through C again. */
export function toggleTilt(): void {
  change({ tilt: view.peek().tilt ? null : { degrees: 0, seed: 0 } });
}
