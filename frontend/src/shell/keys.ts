/** The keys: one table for the listener and for the sheet that explains them. A key is a room's, or everybody's. */
import { computed, signal } from "@preact/signals";

export interface KeyRow {
  /** Values of `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  /** As printed on the sheet. */
  readonly shown: string;
  readonly text: string;
  readonly run: () => void;
}

/** Keys that act in every room. */
export const everybodys = signal<readonly KeyRow[]>([]);

/** Keys of the room that is open. */
export const roomKeys = signal<readonly KeyRow[]>([]);

/** What acts now, the room's first: a room may give a key another sense. */
export const activeKeys = computed<readonly KeyRow[]>(() => {
  const taken = new Set(roomKeys.value.flatMap((row) => row.keys));
  return [...roomKeys.value, ...everybodys.value.filter((row) => !row.keys.some((key) => taken.has(key)))];
});

/** Whether the element uses the key itself: typing, choosing, pressing. */
function takes(element: EventTarget | null, key: string): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.closest("dialog[open], .menu:popover-open")) return true;
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  if (element instanceof HTMLInputElement) return element.type !== "checkbox" || key === " ";
  return key === " " && element instanceof HTMLButtonElement;
}

export function startKeys(rows: readonly KeyRow[]): void {
  everybodys.value = rows;
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = activeKeys.peek().find((one) => one.keys.includes(event.key));
    if (!row || takes(event.target, event.key)) return;
    event.preventDefault();
    row.run();
  });
}
