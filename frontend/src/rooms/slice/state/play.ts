/** Playing through training: real frames only; the optional cross-fade between them is marked as interpolation. */
import { batch, computed, effect, signal } from "@preact/signals";
import { isUnderWay } from "../../../asking/status";
import { frameNames } from "../../../subject/question";
import { change, view } from "../../../subject/state";
import { film } from "./film";
import { frames } from "./frames";
import { between } from "./shown";
import { sliceView } from "./view";

export const SPEEDS = [1, 2, 4, 8, 16] as const;

export const playing = signal(false);
export const fps = signal<number>(4);
export const loop = signal(false);

/** Rest on the last frame before a loop begins again, in seconds. */
const REST = 1.2;

export const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Index of the frame on screen. */
export const place = computed(() => Math.max(0, frameNames.value.indexOf(view.value.revision)));

/** Shows a frame by its place; outside the range, the nearest end. */
export function show(index: number): void {
  const names = frameNames.peek();
  const name = names[Math.min(names.length - 1, Math.max(0, index))];
  if (name === undefined) return;
  batch(() => {
    between.value = null;
    change({ revision: name }, "drift");
  });
}

/** One frame on or back, by hand. */
export function stepBy(count: number): void {
  pause();
  show(place.peek() + count);
}

export function pause(): void {
  playing.value = false;
  between.value = null;
}

export function toggle(): void {
  if (playing.peek()) pause();
  else play();
}

const there = (index: number): boolean => Boolean(frames.peek().get(frameNames.peek()[index] ?? "")?.slice);

/** The next frame that has a picture, or −1. */
function nextAfter(index: number): number {
  for (let i = index + 1; i < frameNames.peek().length; i++) if (there(i)) return i;
  return -1;
}

/** Plays from the frame on screen, or from the start when it is the last. */
export function play(): void {
  if (playing.peek()) return;
  const names = frameNames.peek();
  if (names.length < 2) return;
  if (nextAfter(place.peek()) < 0) show(nextAfter(-1));
  playing.value = true;
  let since = performance.now();
  const tick = (now: number): void => {
    if (!playing.peek()) return;
    const here = place.peek();
    const next = nextAfter(here);
    const share = ((now - since) / 1000) * fps.peek();
    if (next < 0) {
      if (isUnderWay(film.status.peek())) since = now;
      else if (!loop.peek()) {
        pause();
        return;
      } else if (now - since > REST * 1000) {
        show(nextAfter(-1));
        since = now;
      }
    } else if (share >= 1) {
      show(next);
      since = now;
    } else if (sliceView.peek().fade) tween(here, next, share);
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

function tween(here: number, next: number, mix: number): void {
  const names = [frameNames.peek()[here] ?? "", frameNames.peek()[next] ?? ""] as const;
  const [from, to] = [frames.peek().get(names[0])?.slice, frames.peek().get(names[1])?.slice];
  if (from && to) between.value = { from, to, names, mix };
}

/** Plays once through training as soon as all frames are there, unless the visitor is quicker or wants no motion. */
export function playOnce(): void {
  if (reducedMotion()) return;
  let off = (): void => undefined;
  const quit = (): void => {
    off();
    removeEventListener("pointerdown", quit);
    removeEventListener("keydown", quit);
  };
  addEventListener("pointerdown", quit);
  addEventListener("keydown", quit);
  off = effect(() => {
    if (film.status.value !== "done") return;
    queueMicrotask(() => {
      quit();
      show(0);
      play();
    });
  });
}
