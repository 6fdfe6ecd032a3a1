/** The film: real checkpoints one after another, none in between. */
import { effect, signal } from "@preact/signals";
import { at, film, frameAt, playing, revisions } from "./asking";
import { show } from "./link";

/** Milliseconds a checkpoint is shown. */
const BEAT = 420;

/** The row under the pointer, on either side; −1 where there is none. */
export const pointed = signal(-1);

/** The row that was clicked. */
export const pinned = signal(-1);

export function goTo(n: number): void {
  const row = revisions.peek()[Math.max(0, Math.min(revisions.peek().length - 1, n))];
  if (row) show({ revision: row.revision }, "drift");
}

/** Plays from the first checkpoint where the last is on screen, else on from there. */
export function toggle(): void {
  if (!playing.peek() && at.peek() === revisions.peek().length - 1) goTo(0);
  playing.value = !playing.peek();
}

/** Moves on while it plays; waits for a frame that is still to come. */
export function startPlaying(): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const end = effect(() => {
    clearInterval(timer);
    if (!playing.value) return;
    timer = setInterval(() => {
      const next = at.peek() + 1;
      const row = revisions.peek()[next];
      if (!row) playing.value = false;
      else if (frameAt(row.revision)) goTo(next);
      else if (film.status.peek() === "refused" || film.status.peek() === "cancelled") playing.value = false;
    }, BEAT);
  });
  return () => {
    clearInterval(timer);
    end();
    playing.value = false;
  };
}

/** Once, when the first film is whole: it plays, unless movement is unwanted or a checkpoint was asked for. */
export function playOnce(asked: boolean): () => void {
  if (asked || matchMedia("(prefers-reduced-motion: reduce)").matches) return () => undefined;
  let played = false;
  return effect(() => {
    if (played || film.status.value !== "done" || revisions.value.length < 2) return;
    played = true;
    queueMicrotask(toggle);
  });
}
