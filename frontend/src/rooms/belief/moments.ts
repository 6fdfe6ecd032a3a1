/** The film's frames with their steps, in the order of training. */
import { computed } from "@preact/signals";
import { checkpoints, frameOfRevision } from "./asking";
import type { Moment } from "./charts";

export const moments = computed<readonly Moment[]>(() =>
  checkpoints.value.flatMap(({ revision, step }) => {
    const frame = frameOfRevision(revision);
    return frame ? [{ step: step ?? 0, frame }] : [];
  }),
);
