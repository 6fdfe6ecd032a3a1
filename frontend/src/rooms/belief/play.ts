/** The film: real checkpoints one after another, none in between. */
import { effect, signal } from "@preact/signals";
import { atCheckpoint, checkpoints, film, frameOfRevision, playing } from "./asking";
import { showBelief } from "./link";

/** Milliseconds a checkpoint is shown. */
const BEAT = 420;

/** The row under the pointer, on either side; −1 where there is none. */
export const pointed = signal(-1);

/** The row that was clicked. */
export const pinnedRow = signal(-1);

export function goTo(n: number): void {
  const row = checkpoints.peek()[Math.max(0, Math.min(checkpoints.peek().length - 1, n))];
  if (row) showBelief({ revision: row.revision }, "drift");
}

/** Plays from the first checkpoint where the last is on screen, else on from there. */
export function togglePlaying(): void {
  if (!playing.peek() && atCheckpoint.peek() === checkpoints.peek().length - 1) goTo(0);
  playing.value = !playing.peek();
}

/** Moves on while it plays; waits for a frame that is still to come. */
export function startPlaying(): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const end = effect(() => {
    clearInterval(timer);
    if (!playing.value) return;
    timer = setInterval(() => {
      const next = atCheckpoint.peek() + 1;
      const row = checkpoints.peek()[next];
      if (!row) playing.value = false;
      else if (frameOfRevision(row.revision)) goTo(next);
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
export function playFirst(asked: boolean): () => void {
  if (asked || matchMedia("(prefers-reduced-motion: reduce)").matches) return () => undefined;
  let played = false;
  return effect(() => {
    if (played || film.status.value !== "done" || checkpoints.value.length < 2) return;
    played = true;
    queueMicrotask(togglePlaying);
  });
}
