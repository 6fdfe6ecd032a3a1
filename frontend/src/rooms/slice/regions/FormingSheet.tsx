/** How regions form, as a sheet over the page; what is in it is fetched when it is first opened. */
import { effect, signal } from "@preact/signals";
import { lazily } from "../../../kit/lazily";
import { Sheet } from "../../../kit/Sheet";
import { change, isOpen, view } from "../../../shell/store";

const open = signal(false);

/** The sheet follows the view, and the view the sheet. */
export function startForming(): void {
  effect(() => {
    open.value = isOpen.value && view.value.room === "slice" && view.value.forming;
  });
  effect(() => {
    if (!open.value && isOpen.peek() && view.peek().room === "slice" && view.peek().forming)
      change({ forming: false });
  });
}

const Forming = lazily(() => import("./Forming"));

export function FormingSheet() {
  return (
    <Sheet open={open} title="How regions form" class="forming">
      <Forming />
    </Sheet>
  );
}
