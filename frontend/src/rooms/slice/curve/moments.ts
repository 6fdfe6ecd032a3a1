/** The line's curves in the order of training, each with its place on the scrubber's axis. */
import { computed } from "@preact/signals";
import type { Along } from "../../../field/along";
import { whole } from "../../../kit/numbers";
import { frameNames } from "../../../subject/question";
import { position, steps } from "../../../subject/time/steps";
import { curves } from "../state/curves";

export interface Moment {
  readonly revision: string;
  readonly along: Along;
  /** 0 to 1. */
  readonly place: number;
}

export const moments = computed<readonly Moment[]>(() => {
  const all = curves.value;
  const axis = steps.value;
  return frameNames.value.flatMap((revision, i) => {
    const along = all.get(revision);
    return along ? [{ revision, along, place: position(axis, i) }] : [];
  });
});

/** The first and last moment, as the legend says them. */
export const span = computed<readonly [string, string, string]>(() => {
  const { unit, values } = steps.value;
  const names = frameNames.value;
  if (unit === "checkpoints") return [names[0] ?? "", names.at(-1) ?? "", ""];
  return [whole(values[0] ?? 0), whole(values.at(-1) ?? 0), unit];
});
