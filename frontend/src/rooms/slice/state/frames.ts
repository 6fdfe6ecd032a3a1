/**
 * The frames of the current question: one slice per checkpoint, each as fine as has arrived.
 *
 * When the question changes, the slices of the last one stay as `old`, so that there is always a picture: a zoom
 * stretches it, another prompt dims it, until the first new frame replaces it.
 */
import { computed, signal } from "@preact/signals";
import type { ResultFile } from "../../../api/decode";
import type { Problem } from "../../../api/types";
import { planeLargest, type Slice, type Triple } from "../../../field/slice";

export interface Frame {
  readonly revision: string;
  readonly slice: Slice | null;
  /** The decoded file, for downloads. */
  readonly file: ResultFile | null;
  /** Why there is no picture of this checkpoint. */
  readonly gap: Problem | null;
}

export const frames = signal<ReadonlyMap<string, Frame>>(new Map());
export const old = signal<ReadonlyMap<string, Slice>>(new Map());

/** The question that the frames answer. */
export const answers = signal("");

/** Starts a new question, once it is accepted; what was there stays visible as old. */
export function turnPage(question: string): void {
  answers.value = question;
  const kept = new Map(old.peek());
  for (const frame of frames.peek().values()) if (frame.slice) kept.set(frame.revision, frame.slice);
  old.value = kept;
  frames.value = new Map();
}

/** Keeps the finer of two slices of one checkpoint. */
export function arrived(revision: string, slice: Slice, file: ResultFile): void {
  const before = frames.peek().get(revision)?.slice;
  if (before && before.nx > slice.nx) return;
  frames.value = new Map(frames.peek()).set(revision, { revision, slice, file, gap: null });
}

export function missing(revision: string, gap: Problem): void {
  if (frames.peek().get(revision)?.slice) return;
  frames.value = new Map(frames.peek()).set(revision, { revision, slice: null, file: null, gap });
}

/** Forgets the last question's slices, once the new one is answered. */
export function forgetOld(): void {
  if (old.peek().size > 0) old.value = new Map();
}

/** Largest distance of each channel over the planes of all frames: the scale of `sequence`. */
export const sequenceMax = computed<Triple<number> | undefined>(() => {
  let most: Triple<number> | undefined;
  for (const { slice } of frames.value.values()) {
    if (!slice) continue;
    const own = planeLargest(slice);
    const so: Triple<number> = most ?? [0, 0, 0];
    most = [Math.max(so[0], own[0]), Math.max(so[1], own[1]), Math.max(so[2], own[2])];
  }
  return most;
});

/** Points that were written into the model for what is on screen, contexts and checkpoints counted. */
export const written = computed<number>(() => {
  let points = 0;
  for (const { slice } of frames.value.values())
    if (slice) for (const one of slice.computed) points += 3 * one;
  return points;
});
