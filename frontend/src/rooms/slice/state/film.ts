/**
 * The film: the view over training, one slice a checkpoint, as one question. Scrubbing asks nothing: the question is the
 * same whatever frame is on screen, which only comes first.
 */
import { computed } from "@preact/signals";
import { catalogue } from "../../../api/catalogue";
import type { ResultFile } from "../../../api/decode";
import { source } from "../../../api/source";
import type { AnimationRequest, SliceRequest } from "../../../api/types";
import { Question } from "../../../asking/question";
import { isRepository } from "../../../asking/repository";
import { type Slice, sliceOf } from "../../../field/slice";
import { isIn, isOpen } from "../../../shell/address";
import { learn } from "../../../subject/known";
import { card, questionOf } from "../../../subject/question";
import { remember } from "../../../subject/slices";
import { view } from "../../../subject/state";
import { requestOf, SWEEP } from "../../../subject/view";
import { answers, arrived, forgetOld, frames, missing, turnPage } from "./frames";
import { sliding } from "./tilt";

let last: AnimationRequest | null = null;

/** The present film; in other rooms, and while the plane turns in the hand, that of before goes on. */
const request = computed(() => {
  if (isOpen.value && isIn("slice") && !sliding.value) last = requestOf(view.value, card.value);
  return last;
});

interface Level {
  readonly slice: Slice;
  readonly file: ResultFile;
}

export const revisionOf = (part: SliceRequest): string => part.model.revision;

export const film = new Question<AnimationRequest, null, Level, "slice">({
  request,
  text: questionOf,
  kept: 0,
  read: () => null,
  parts: {
    of: "slice",
    name: revisionOf,
    level: (part) => part.resolution,
    read: (file) => ({ slice: sliceOf(file), file }),
    next: (waiting) => (waiting.has(view.peek().revision) ? view.peek().revision : undefined),
    whole: true,
  },
  accepted: (_, text) => {
    if (text !== answers.peek()) turnPage(text);
  },
  arrived: ({ name, request: part, value }) => {
    arrived(name, value.slice, value.file);
    remember(part, value.slice);
  },
  skipped: ({ name, problem }) => missing(name, problem),
  finished: ({ slice }) => {
    forgetOld();
    if (isRepository(slice.model.name)) void onDisk(slice.model.name);
  },
});

/** What is on disk has changed: the lists that say so are asked anew. */
async function onDisk(name: string): Promise<void> {
  const before = catalogue.peek()?.models.find((one) => one.name === name)?.revisions.length ?? 0;
  const found = await learn(name).catch(() => null);
  if (found && found.on_disk.length !== before)
    catalogue.value = await source.catalogue().catch(() => catalogue.peek());
}

/** How many of the present film's frames are there in full. */
export const finished = computed(() => {
  if (!isOpen.value || answers.value !== film.text.value) return 0;
  const goal = Math.min(view.value.resolution, SWEEP);
  let count = 0;
  for (const { slice, gap } of frames.value.values()) if (gap || (slice && slice.nx >= goal)) count++;
  return count;
});
