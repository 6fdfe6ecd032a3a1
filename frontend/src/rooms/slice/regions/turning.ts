/**
 * Turning the plane about the line AB. While the slider moves, a coarse picture of the frame on screen follows, one
 * question at a time and always the newest; when it rests, all frames are asked as ever.
 */
import { signal } from "@preact/signals";
import type { SliceRequest } from "../../../api/types";
import { Question } from "../../../asking/question";
import { type Slice, sliceOf } from "../../../field/slice";
import { change, view } from "../../../subject/state";
import { sliceRequestOf } from "../../../subject/view";
import { quick, sliding } from "../state/tilt";

/** Points per side of the picture that follows the hand. */
const COARSE = 33;
/** How long the slider rests before all frames are asked, milliseconds. */
const REST = 350;
const SEEDS = 2 ** 31;

let resting: ReturnType<typeof setTimeout> | undefined;

const wanted = signal<SliceRequest | null>(null);

new Question<SliceRequest, Slice>({
  request: wanted,
  patient: true,
  pause: 0,
  kept: 0,
  read: sliceOf,
  finished: (_, slice) => {
    quick.value = slice;
  },
}).start();

/** Turns to so many degrees; `rests` when the hand lets go. */
export function turn(degrees: number, rests = false): void {
  const { tilt } = view.peek();
  sliding.value = true;
  change({ tilt: { degrees, seed: tilt?.seed ?? 0 } }, "drift");
  wanted.value = { ...sliceRequestOf(view.peek()), resolution: COARSE };
  clearTimeout(resting);
  resting = setTimeout(
    () => {
      sliding.value = false;
    },
    rests ? 0 : REST,
  );
}

/** Another random direction, the same angle. */
export function turnElsewhere(): void {
  const { tilt } = view.peek();
  change({ tilt: { degrees: tilt?.degrees ?? 0, seed: ((tilt?.seed ?? 0) + 1) % SEEDS } });
}
