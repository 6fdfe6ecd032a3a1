/** What is asked about the picture beside the picture itself: once the frame on screen is there and nothing plays. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { ResultFile } from "../../../api/decode";
import type { Analysis, AnyRequest } from "../../../api/types";
import type { Options } from "../../../asking/options";
import { Question } from "../../../asking/question";
import { isOpen } from "../../../shell/address";
import { view } from "../../../subject/state";
import { SWEEP } from "../../../subject/view";
import { playing } from "./play";
import { phase } from "./refine";
import { shown } from "./shown";

/** The frame on screen is there in full, or will not get finer: it comes before whatever is asked about it. */
const pictured = computed(() => {
  const now = isOpen.value ? shown.value : null;
  if (!now || now.stale) return false;
  const over = phase.value === "done" || phase.value === "cancelled";
  return over || now.slice.nx >= Math.min(view.value.resolution, SWEEP);
});

type More<R extends AnyRequest, T, P, A extends Analysis> = Omit<
  Options<R, T, P, A>,
  "request" | "read" | "when"
>;

export function beside<R extends AnyRequest, T, P = never, A extends Analysis = never>(
  request: ReadonlySignal<R | null>,
  read: (file: ResultFile) => T,
  open: ReadonlySignal<boolean> | null = null,
  more: More<R, T, P, A> = {},
): Question<R, T, P, A> {
  const when = computed(() => !playing.value && pictured.value && open?.value !== false);
  return new Question<R, T, P, A>({ pause: 260, ...more, request, read, when });
}
