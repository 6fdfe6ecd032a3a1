/** Where the layer over the picture comes from: the picture itself, or what the server says of it. */
import { computed } from "@preact/signals";
import { computedLayer, type Layer, OVERLAYS } from "../../../field/overlay";
import { isOpen } from "../../../shell/address";
import { believes } from "./believed";
import { laid } from "./overlays";
import { shown } from "./shown";
import { sliceView } from "./view";

/** The layer over the picture on screen, or null: none is wished for, or it is not there yet. */
export const layer = computed<Layer | null>(() => {
  const wish = isOpen.value ? sliceView.value.overlay : "none";
  if (wish === "none") return null;
  if (wish !== "computed") return laid.value;
  return shown.value ? computedLayer(shown.value.slice) : null;
});

export function nextOverlay(): void {
  const there = OVERLAYS.filter((name) => name !== "belief" || believes.peek());
  const at = there.indexOf(sliceView.peek().overlay);
  sliceView.change({ overlay: there[(at + 1) % there.length] ?? "none" });
}
