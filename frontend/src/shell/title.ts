/** The window's title names what is on screen: it tells views apart in tabs and in the history. */
import { computed, effect } from "@preact/signals";
import { room } from "./address";

/** What is on screen, in a line; empty until the page is open. */
export const title = computed(() => {
  const open = room.value;
  if (!open) return "";
  return open.closed?.() ? open.text : open.title();
});

export function startTitle(): void {
  effect(() => {
    if (title.value) document.title = `${title.value} · Stable Regions`;
  });
}
