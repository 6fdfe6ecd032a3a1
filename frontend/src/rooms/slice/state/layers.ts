/** The line's curve at every write layer of the checkpoint on screen; asked only while it is looked at. */
import { computed } from "@preact/signals";
import type { LineRequest, SweepOf } from "../../../api/types";
import { Question } from "../../../asking/question";
import { type Along, alongOf } from "../../../field/along";
import { isIn, isOpen } from "../../../shell/address";
import { card } from "../../../subject/question";
import { view } from "../../../subject/state";
import { line, lineRequestOf } from "./line";
import { playing } from "./play";
import { sliceView } from "./view";

/** How many layers there are to be. */
export const layerCount = computed(() => card.value?.layers ?? view.value.layer + 1);

const request = computed<SweepOf<LineRequest> | null>(() =>
  isOpen.value
    ? {
        analysis: "sweep",
        request: lineRequestOf(view.value, line.value),
        revisions: [],
        write_layers: Array.from({ length: layerCount.value }, (_, layer) => layer),
      }
    : null,
);

export const layered = new Question<SweepOf<LineRequest>, null, Along, "line">({
  request,
  // The layer on screen is one of them.
  text: (asked) => JSON.stringify({ ...asked, request: { ...asked.request, write_layer: 0 } }),
  when: computed(
    () => isOpen.value && isIn("slice") && sliceView.value.enlarged === "layers" && !playing.value,
  ),
  kept: 24,
  read: () => null,
  parts: {
    of: "line",
    name: (part) => String(part.write_layer),
    read: alongOf,
    whole: true,
  },
});

export const layers = computed<ReadonlyMap<number, Along>>(
  () => new Map([...layered.parts.value].map(([layer, { value }]) => [Number(layer), value])),
);
