/** How regions form, as a sheet over the page; what is in it is fetched when it is first opened. */
import { effect, signal } from "@preact/signals";
import { lazily } from "../../../kit/lazily";
import { Sheet } from "../../../kit/Sheet";
import { isIn, isOpen, room } from "../../../shell/address";
import { sliceView } from "../state/view";

const open = signal(false);

/** The sheet follows the view, and the view the sheet. */
export function startForming(): void {
  effect(() => {
    open.value = isOpen.value && isIn("slice") && sliceView.value.forming;
  });
  effect(() => {
    if (!open.value && room.peek()?.name === "slice" && sliceView.peek().forming)
      sliceView.change({ forming: false });
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
