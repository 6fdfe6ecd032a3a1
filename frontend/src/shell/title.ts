/** The window's title names what is on screen: it tells views apart in tabs and in the history. */
import { effect } from "@preact/signals";
import { room } from "./address";

export function startTitle(): void {
  effect(() => {
    const open = room.value;
    if (!open) return;
    const what = open.closed?.() ? open.text : open.title();
    document.title = `${what} · Stable Regions`;
  });
}
