/** Rooms as they are fetched: each once, when it is first entered. */
import { effect, signal } from "@preact/signals";
import { isOpen, room } from "../shell/address";
import { roomKeys } from "../shell/keys";
import type { Room, RoomModule } from "../shell/room";

/** Rooms that are there, by name. */
export const loaded = signal<ReadonlyMap<string, RoomModule>>(new Map());

/** Rooms that could not be fetched. */
export const lostRooms = signal<ReadonlySet<string>>(new Set());

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
      lostRooms.value = new Set(lostRooms.peek()).add(name);
    },
  );
}

/** How long the page is left to its first picture before the rest of it is fetched, milliseconds. */
const FIRST = 4000;

/** Fetches what is not open yet while nothing else is to do, so that it opens when the server has gone, too. */
export function fetchAhead(rooms: readonly Room[], sheets: readonly (() => Promise<unknown>)[]): void {
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1));
  const rest = [
    ...sheets.map((load) => () => void load().catch(() => undefined)),
    ...rooms.map((one) => () => fetchRoom(one)),
  ];
  const next = (): void => {
    rest.shift()?.();
    if (rest.length > 0) idle(next);
  };
  setTimeout(() => idle(next), FIRST);
}

/** Keeps the room that is open fetched and its keys at hand; starts each once. */
export function startEntering(): void {
  const started = new Set<string>();
  effect(() => {
    const open = room.value;
    if (!open || !isOpen.value || open.closed?.()) {
      roomKeys.value = [];
      return;
    }
    fetchRoom(open);
    const found = loaded.value.get(open.name);
    roomKeys.value = found?.keys ?? [];
    if (!found || started.has(open.name)) return;
    started.add(open.name);
    queueMicrotask(() => found.start?.());
  });
}
