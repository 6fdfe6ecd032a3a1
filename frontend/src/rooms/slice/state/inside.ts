/** Looking inside the curve between two prompts, at the checkpoint on screen; asked only while it is looked at. */
import { computed } from "@preact/signals";
import type { CurveRequest } from "../../../api/types";
import { Question } from "../../../asking/question";
import { type Inside, insideOf } from "../../../field/inside";
import { edgeOf } from "../../../field/line";
import { isIn, isOpen } from "../../../shell/address";
import { view } from "../../../subject/state";
import { sliceRequestOf, type View } from "../../../subject/view";
import { line } from "./line";
import { playing } from "./play";
import { sliceView } from "./view";

/** The curve of the line's two prompts, with all that can be seen inside; null for a line between other points. */
export const insideRequest = computed<CurveRequest | null>(() => {
  const edge = edgeOf(line.value);
  return edge
    ? requestOf(view.value, edge.map((letter) => "ABC".indexOf(letter)) as [0 | 1 | 2, 0 | 1 | 2])
    : null;
});

function requestOf(from: View, [a, b]: readonly [0 | 1 | 2, 0 | 1 | 2]): CurveRequest {
  const { logits, path } = sliceView.value;
  return {
    analysis: "curve",
    model: sliceRequestOf(from).model,
    prompts: [from.prompts[a], from.prompts[b]],
    write_layer: from.layer,
    distance: logits ? "logit_diff" : from.distance,
    path,
    steps: 101,
    flips: true,
    compression: true,
    prepend_bos: from.bos,
  };
}

export const looked = new Question<CurveRequest, Inside>({
  request: insideRequest,
  when: computed(
    () => isOpen.value && isIn("slice") && sliceView.value.enlarged === "inside" && !playing.value,
  ),
  read: insideOf,
  kept: 24,
});

/** What is inside; another curve's, and `stale`, until its own is there. */
export const inside = computed<{ readonly found: Inside; readonly stale: boolean } | null>(() => {
  const answer = looked.answer.value;
  return answer && { found: answer.value, stale: answer.stale };
});
