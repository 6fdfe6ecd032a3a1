/**
 * The frame on screen at 257², asked once the film is complete and nothing else is: borders are lines, and the pixels under
 * them should be as fine. Nobody waits for it: it is asked only where it is cheap, is broken off by any touch, and brings
 * pixels and borders alone; what is counted and said stays the frame's own, on the grid that was chosen.
 */
import { computed, signal } from "@preact/signals";
import type { SliceRequest } from "../../../api/types";
import { busy } from "../../../asking/busy";
import { Question } from "../../../asking/question";
import { type Slice, sliceOf } from "../../../field/slice";
import { isIn, isOpen } from "../../../shell/address";
import { card } from "../../../subject/question";
import { view } from "../../../subject/state";
import { sliceRequestOf } from "../../../subject/view";
import { film } from "./film";
import { playing } from "./play";
import { shown } from "./shown";

const FINE = 257;
/** Coarser grids were chosen to be coarse. */
const COARSEST = 65;
/** Seconds that it may be estimated at, every point counted; refined, a sixth of them is computed. */
const CHEAP = 60;
/** Nothing was touched for so long, milliseconds. */
const STILL = 1500;

/** Multiplications and additions a second of a modest processor, for a server that has measured none yet. */
const MODEST = 2e10;

const guessed = (points: number): number =>
  (2 * points * (card.peek()?.parameters ?? Number.POSITIVE_INFINITY)) / MODEST;

const request = computed<SliceRequest | null>(() => {
  if (!isOpen.value || !isIn("slice") || playing.value || film.status.value !== "done") return null;
  const { resolution } = view.value;
  const now = shown.value;
  if (resolution < COARSEST || resolution >= FINE || !now || now.stale) return null;
  return { ...sliceRequestOf(view.value), resolution: FINE };
});

const still = signal(false);

const sharp = new Question<SliceRequest, Slice>({
  request,
  when: computed(() => still.value && busy.value === 0),
  unbidden: ({ estimate }) => (estimate.seconds ?? guessed(estimate.points)) <= CHEAP,
  background: true,
  kept: 3,
  pause: 0,
  read: sliceOf,
});

/** The fine picture of what is on screen, once it is there. */
export const sharpened = computed<Slice | null>(() => (request.value ? sharp.own.value : null));

const TOUCHES = ["pointerdown", "wheel", "keydown", "touchstart"] as const;

/** Begins to watch for quiet moments; the function that is returned ends it. */
export function startSharpening(): () => void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  const touched = (): void => {
    still.value = false;
    clearTimeout(pause);
    pause = setTimeout(() => {
      still.value = true;
    }, STILL);
  };
  touched();
  for (const kind of TOUCHES) addEventListener(kind, touched, { capture: true, passive: true });
  const end = sharp.start();
  return () => {
    clearTimeout(pause);
    for (const kind of TOUCHES) removeEventListener(kind, touched, { capture: true });
    end();
  };
}
