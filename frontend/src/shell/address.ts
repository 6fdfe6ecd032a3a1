/**
 * The address: the open room and what it shows as the hash, `#v=1&room=…`, and back.
 *
 * It holds the rows of the room that is open, and of nothing else. Links made when the page held all rooms' rows in one
 * go on opening: every row goes to the state that knows it, whatever room is open.
 */
import { batch, computed, signal } from "@preact/signals";
import { forgetPending, mirrored, recorded } from "./history";
import { look } from "./look";
import type { Room } from "./room";
import type { Given, Linked } from "./state";

export const VERSION = "1";

/** The rooms of the house, in the order of their tabs. */
export const rooms = signal<readonly Room[]>([]);

const openName = signal("");

/** The room that is open; null until the page is. */
export const room = computed<Room | null>(() => named(openName.value) ?? null);

export const isOpen = computed(() => room.value !== null);

/** Whether a room is the one that is open. */
export const isIn = (name: string): boolean => openName.value === name;

/** What could not be used of the link that was opened. */
export const complaints = signal<readonly string[]>([]);

const named = (name: string): Room | undefined => rooms.value.find((one) => one.name === name);

/** Signs that need no escape in a hash, so that links can be read. */
const PLAIN = [",", "/", ":", ";"] as const;

/** The hash of a room, without `#`, as its states are now or are given. */
export function hashTo(name: string, ...given: readonly Given[]): string {
  const params = new URLSearchParams({ v: VERSION });
  // What is asked stands first, then how the page looks, then how the room draws.
  const texts = [look, ...(named(name)?.states ?? [])].flatMap(
    (state) => given.find((one) => one.of === state)?.texts ?? state.texts(),
  );
  for (const behind of [false, true])
    for (const [parameter, text, drawn] of texts) if (drawn === behind) params.set(parameter, text);
  // Links from before there were rooms name none: theirs is the first.
  if (name !== rooms.value[0]?.name) params.set("room", name);
  return PLAIN.reduce((text, sign) => text.replaceAll(encodeURIComponent(sign), sign), params.toString());
}

/** The hash of what is on screen. */
export const hash = (): string => (openName.value === "" ? "" : hashTo(openName.value));

/** The address of the view, with nothing pending. */
export function link(): string {
  return new URL(`#${hash()}`, location.href).href;
}

/** Enters a room. */
export function enter(name: string): void {
  recorded(() => {
    openName.value = name;
  }, "step");
}

/** Every state, the look first and what rooms share before their own. */
function states(): readonly Linked[] {
  return [...new Set([look, ...rooms.peek().flatMap((one) => one.states)])];
}

/** The name of the room that a hash leads to. Where it names none: its rows say, or the first that has something to show. */
export function roomIn(text: string): string | undefined {
  const params = new URLSearchParams(text.replace(/^#/, ""));
  const name = params.get("room");
  const all = rooms.peek();
  if (name !== null && named(name)) return name;
  const fresh = params.size === 0;
  return (fresh ? all.find((one) => !one.closed?.()) : undefined)?.name ?? all[0]?.name;
}

/** Takes room and states from a hash; what could not be used of it, in sentences. */
export function take(text: string): readonly string[] {
  const params = new URLSearchParams(text.replace(/^#/, ""));
  const known = new Set(["v", "room"]);
  const said: string[] = [];
  const version = params.get("v");
  if (params.size > 0 && version !== VERSION) {
    const found = version === null ? "no version" : `version ${version}`;
    said.push(
      `The link has ${found}; this page reads version ${VERSION}. It was read as far as it makes sense.`,
    );
  }
  const name = roomIn(text) ?? "";
  const asked = params.get("room");
  if (asked !== null && asked !== name)
    said.push(
      `room=${asked} in the link: expected one of ${rooms
        .peek()
        .map((one) => one.name)
        .join(", ")}.`,
    );
  batch(() => {
    const shown = named(name)?.states ?? [];
    for (const state of states()) {
      for (const one of state.names) known.add(one);
      const spoken = state === look || shown.includes(state) || state.names.some((one) => params.has(one));
      if (spoken || !state.isOpen) said.push(...state.take(params));
    }
    openName.value = name;
  });
  for (const one of new Set(params.keys())) {
    if (!known.has(one)) said.push(`${one}=${params.get(one)} in the link means nothing here.`);
  }
  return said;
}

/** Whether the page was opened without a link. */
export let isFresh = false;

function follow(): void {
  forgetPending();
  complaints.value = take(location.hash);
}

/** Reads the address anew: something that it names is known only now. */
export const reopen = follow;

/** Opens the page at its address, and follows it when the visitor goes back, forward or edits it. */
export function open(all: readonly Room[]): void {
  rooms.value = all;
  mirrored(hash);
  isFresh = location.hash.length < 2;
  follow();
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
}
