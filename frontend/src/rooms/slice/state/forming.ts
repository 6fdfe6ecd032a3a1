/** How regions form: the timeline of the plane on screen, asked when its sheet is opened; frames show as they come. */
import { computed, effect, signal } from "@preact/signals";
import type { TimelineRequest } from "../../../api/types";
import { scalar } from "../../../field/arrays";
import { type Timeline, timelineOf } from "../../../field/timeline";
import { isIn, isOpen } from "../../../shell/address";
import { frameNames } from "../../../subject/question";
import { view } from "../../../subject/state";
import { beside } from "./beside";
import { regionsRequestOf, threshold } from "./divided";
import { sliceView } from "./view";

/** The finest grid that the regions of all checkpoints are found on. */
const FORMED = 65;

/** The same whatever frame is on screen. */
const question = computed<TimelineRequest | null>(() => {
  if (!isOpen.value || !isIn("slice")) return null;
  const revisions = frameNames.value;
  const last = revisions.at(-1);
  if (last === undefined || revisions.length < 2) return null;
  const { agree, threshold } = sliceView.value;
  if (agree === "output" && threshold === null) return null;
  const wish = agree === "output" ? { by: agree, threshold } : {};
  const regions = regionsRequestOf({ ...view.value, revision: last }, wish, FORMED);
  return { analysis: "timeline", regions, revisions: [...revisions] };
});

/** One threshold holds for all checkpoints: the one that suits the frame on screen, unless one was chosen. */
export function startSettling(): void {
  effect(() => {
    const within = threshold.value;
    if (isOpen.value && sliceView.value.forming && sliceView.value.threshold === null && within !== null)
      sliceView.change({ threshold: within }, "drift");
  });
}

/** The question that was begun: it goes on when the sheet is closed, until another plane is looked at. */
const begun = signal("");

const open = computed(() => {
  if (!isOpen.value) return false;
  return sliceView.value.forming || (begun.value !== "" && begun.value === JSON.stringify(question.value));
});

/** What is known of a frame before the whole is there. */
export interface Early {
  readonly count: number;
  readonly within: number;
  readonly between: number;
  readonly overall: number;
}

export const formed = beside<TimelineRequest, Timeline, Early, "regions">(question, timelineOf, open, {
  accepted: (_, text) => {
    begun.value = text;
  },
  parts: {
    of: "regions",
    name: (part) => part.model.revision,
    read: (file) => ({
      count: scalar(file, "count"),
      within: scalar(file, "within"),
      between: scalar(file, "between"),
      overall: scalar(file, "overall"),
    }),
  },
});

/** Frames that are there already, by revision, while the others are computed. */
export const early = computed<ReadonlyMap<string, Early>>(
  () => new Map([...formed.parts.value].map(([name, { value }]) => [name, value])),
);

/** The finished timeline of the plane on screen, by revision: its place among the frames. */
export const placeIn = computed<ReadonlyMap<string, number>>(
  () => new Map((formed.own.value?.revisions ?? []).map((name, n) => [name, n])),
);
