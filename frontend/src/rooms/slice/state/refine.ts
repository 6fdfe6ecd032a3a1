/** Very fine grids are for the frame on screen: it is asked again, alone, once all frames are there and nothing moves. */
import { computed, effect } from "@preact/signals";
import { isOpen } from "../../../shell/address";
import { frameNames, question } from "../../../subject/question";
import { view } from "../../../subject/state";
import { SWEEP } from "../../../subject/view";
import { askFiner, phase } from "./ask";
import { frames } from "./frames";
import { playing } from "./play";

const PAUSE = 300;

/** The frame on screen is there, but coarser than wished. */
const wanting = computed(() => {
  if (!isOpen.value || playing.value || phase.value !== "done") return false;
  const { resolution, revision } = view.value;
  if (resolution <= SWEEP || frameNames.value.length < 2) return false;
  const slice = frames.value.get(revision)?.slice;
  return slice !== null && slice !== undefined && slice.nx < resolution;
});

export function startRefining(): void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let tried = "";
  effect(() => {
    clearTimeout(pause);
    const { revision } = isOpen.value ? view.value : { revision: "" };
    if (!wanting.value) return;
    pause = setTimeout(() => {
      const now = `${question.peek()} ${revision} ${view.peek().resolution}`;
      if (!wanting.peek() || view.peek().revision !== revision || now === tried) return;
      tried = now;
      askFiner();
    }, PAUSE);
  });
}
