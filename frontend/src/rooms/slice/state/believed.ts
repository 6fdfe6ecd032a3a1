/** What is believed in the frame on screen, asked while its layer is on; only of a model that was trained on a process. */
import { computed } from "@preact/signals";
import type { BeliefPlaneRequest } from "../../../api/types";
import { beliefLand, beliefPlaneOf } from "../../../field/beliefPlane";
import type { Land } from "../../../field/regionMap";
import { isIn, isOpen } from "../../../shell/address";
import { card } from "../../../subject/question";
import { view } from "../../../subject/state";
import { SWEEP, sliceRequestOf, type View } from "../../../subject/view";
import { beside } from "./beside";
import { shown } from "./shown";
import { sliceView } from "./view";

/** Whether the model was trained on a process whose beliefs it can hold. */
export const believes = computed(() => Boolean(card.value?.process));

export function beliefPlaneRequestOf(from: View): BeliefPlaneRequest {
  const { exact: _, analysis: __, ...plane } = sliceRequestOf(from);
  return {
    ...plane,
    analysis: "belief_plane",
    resolution: Math.min(from.resolution, SWEEP) as BeliefPlaneRequest["resolution"],
    process: null,
  };
}

export const believed = beside(
  computed(() =>
    isOpen.value && isIn("slice") && sliceView.value.overlay === "belief" && believes.value
      ? beliefPlaneRequestOf(view.value)
      : null,
  ),
  beliefPlaneOf,
);

/** Regions of belief, drawn instead of the picture's own names while the layer is on. */
export const believedLand = computed<Land | null>(() => {
  const [plane, slice] = [believed.own.value, shown.value?.slice];
  return isOpen.value && sliceView.value.overlay === "belief" && plane && slice
    ? beliefLand(plane, slice)
    : null;
});
