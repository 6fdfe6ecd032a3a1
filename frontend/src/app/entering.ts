/** Rooms as they are fetched: each once, when it is first entered. */
import { effect, signal } from "@preact/signals";
import { isOpen, room } from "../shell/address";
import { own } from "../shell/keys";
import type { Room, RoomModule } from "../shell/room";

/** Rooms that are there, by name. */
export const loaded = signal<ReadonlyMap<string, RoomModule>>(new Map());

/** Rooms that could not be fetched. */
export const lost = signal<ReadonlySet<string>>(new Set());

const coming = new Set<string>();

/** Fetches a room, unless it is there or on its way. */
export function fetchRoom({ name, load }: Room): void {
  if (coming.has(name)) return;
  coming.add(name);
  load().then(
    (found) => {
      loaded.value = new Map(loaded.peek()).set(name, found);
    },
    () => {
      coming.delete(name);
      lost.value = new Set(lost.peek()).add(name);
    },
  );
}

/** Keeps the room that is open fetched and its keys at hand; starts each once. */
export function startEntering(): void {
  const started = new Set<string>();
  effect(() => {
    const open = room.value;
    if (!open || !isOpen.value || open.closed?.()) {
      own.value = [];
      return;
    }
    fetchRoom(open);
    const found = loaded.value.get(open.name);
    own.value = found?.keys ?? [];
    if (!found || started.has(open.name)) return;
    started.add(open.name);
    queueMicrotask(() => found.start?.());
  });
}
