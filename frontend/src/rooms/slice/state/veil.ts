/** The trust veil of the frame on screen, asked while its layer is on. */
import { computed } from "@preact/signals";
import type { VeilRequest } from "../../../api/types";
import { veilOf } from "../../../field/veil";
import { isIn, isOpen } from "../../../shell/address";
import { view } from "../../../subject/state";
import { sliceRequestOf, type View } from "../../../subject/view";
import { beside } from "./beside";
import { sliceView } from "./view";

export function veilRequestOf(from: View): VeilRequest {
  const { distance: _, contexts: __, exact: ___, analysis: ____, ...span } = sliceRequestOf(from);
  return { ...span, analysis: "veil", resolution: 65, bank: null };
}

export const veiled = beside(
  computed(() =>
    isOpen.value && isIn("slice") && sliceView.value.overlay === "veil" ? veilRequestOf(view.value) : null,
  ),
  veilOf,
);
