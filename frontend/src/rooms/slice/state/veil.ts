/** The trust veil of the frame on screen, asked while its layer is on. */
import { computed } from "@preact/signals";
import type { VeilRequest } from "../../../api/types";
import { Asked } from "../../../asking/asked";
import { type Veil, veilOf } from "../../../field/veil";
import { isOpen, view } from "../../../shell/store";
import { sliceRequestOf, type View } from "../../../subject/view";

export function veilRequestOf(from: View): VeilRequest {
  const { distance: _, contexts: __, exact: ___, analysis: ____, ...span } = sliceRequestOf(from);
  return { ...span, analysis: "veil", resolution: 65, bank: null };
}

export const veiled = new Asked<Veil>(
  computed(() =>
    isOpen.value && view.value.room === "slice" && view.value.overlay === "veil"
      ? veilRequestOf(view.value)
      : null,
  ),
  veilOf,
);
