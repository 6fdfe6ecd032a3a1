/** Very fine grids are for the frame on screen: it is asked again, alone, once all frames are there and nothing moves. */
import { computed } from "@preact/signals";
import type { SliceRequest } from "../../../api/types";
import { Question } from "../../../asking/question";
import { isUnderWay, type Status } from "../../../asking/status";
import { sliceOf } from "../../../field/slice";
import { isIn, isOpen } from "../../../shell/address";
import { frameNames } from "../../../subject/question";
import { view } from "../../../subject/state";
import { SWEEP, sliceRequestOf } from "../../../subject/view";
import { film, revisionOf } from "./film";
import { arrived, frames } from "./frames";
import { playing } from "./play";

/** The frame on screen where it is there, but coarser than wished. */
const request = computed<SliceRequest | null>(() => {
  if (!isOpen.value || !isIn("slice") || playing.value || film.status.value !== "done") return null;
  const { resolution, revision } = view.value;
  if (resolution <= SWEEP || frameNames.value.length < 2) return null;
  const slice = frames.value.get(revision)?.slice;
  return slice && slice.nx < resolution ? sliceRequestOf(view.value) : null;
});

export const finer = new Question<SliceRequest, null, null, "slice">({
  request,
  kept: 0,
  pause: 300,
  read: (file, asked) => {
    arrived(revisionOf(asked), sliceOf(file), file);
    return null;
  },
  parts: {
    // The finest level is the answer itself.
    of: "slice",
    name: (part) => (part.resolution < (request.peek()?.resolution ?? 0) ? "coarser" : null),
    level: (part) => part.resolution,
    read: (file, part) => {
      arrived(revisionOf(part), sliceOf(file), file);
      return null;
    },
  },
});

/** The film, or its frame on screen while that is made finer. */
export const present = computed(() => (isUnderWay(finer.status.value) ? finer : film));
export const phase = computed<Status>(() => present.value.status.value);
