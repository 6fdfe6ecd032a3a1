/**
 * Giving a talk: keys as clickers send them, first through a view's own frames, then to the next view.
 *
 * Of a view's frames only its room knows: its own keys PageDown, PageUp and Home move through them, and where the address
 * stays the same there is no further one.
 */
import { batch, effect, signal } from "@preact/signals";
import { hash } from "../shell/address";
import { bare, presenting } from "../shell/chrome";
import { roomKeys } from "../shell/keys";
import { talkOpen } from "../shell/sheets";
import { hear, tell } from "./channel";
import { began, story, viewAt } from "./state";

export const black = signal(false);
/** Digits that were typed: the place of a view. */
export const placeTyped = signal("");
/** The talk is over: the last view was left forward. */
export const ended = signal(false);

/** Runs the room's own key, where it has one; whether the view changed by it. */
function moved(key: string): boolean {
  const row = roomKeys.peek().find((one) => one.keys.includes(key));
  if (!row) return false;
  const before = hash();
  row.run();
  return hash() !== before;
}

/** Shows a view of the story; `first`: from its first frame on, where it is shown through. */
export function showView(index: number, first = true): void {
  const view = story.peek().views[index];
  if (!view) return;
  batch(() => {
    viewAt.value = index;
    black.value = false;
    ended.value = false;
  });
  history.replaceState(history.state, "", view.link);
  dispatchEvent(new PopStateEvent("popstate"));
  if (view.through) whenKeyed(() => viewAt.peek() === index && moved(first ? "Home" : "End"));
}

/** Once the room that is entered has its keys: at once where it was open. */
function whenKeyed(act: () => void): void {
  const stop = effect(() => {
    if (roomKeys.value.length === 0) return;
    queueMicrotask(() => {
      stop();
      act();
    });
  });
}

export function forward(): void {
  if (black.peek()) black.value = false;
  else if (moved("PageDown")) return;
  else if (viewAt.peek() + 1 < story.peek().views.length) showView(viewAt.peek() + 1);
  else ended.value = true;
}

export function back(): void {
  if (black.peek()) black.value = false;
  else if (ended.peek()) ended.value = false;
  else if (!moved("PageUp") && viewAt.peek() > 0) showView(viewAt.peek() - 1, false);
}

function jump(): void {
  const index = Number(placeTyped.peek()) - 1;
  placeTyped.value = "";
  if (index >= 0) showView(Math.min(index, story.peek().views.length - 1));
}

const KEYS: ReadonlyMap<string, () => void> = new Map([
  ...["PageDown", "ArrowRight", "ArrowDown", " ", "n", "N"].map((key) => [key, forward] as const),
  ...["PageUp", "ArrowLeft", "ArrowUp", "p", "P", "Backspace"].map((key) => [key, back] as const),
  ...["b", "B", "."].map((key) => [key, () => (black.value = !black.peek())] as const),
  ["Home", () => showView(0)],
  ["End", () => showView(story.peek().views.length - 1)],
  ["Escape", end],
  ["f", full],
  ["F", full],
  ["F5", full],
  ["s", () => notesWindow()],
  ["S", () => notesWindow()],
]);

function full(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen?.().catch(() => undefined);
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS.get(event.key);
  if (/^\d$/.test(event.key)) placeTyped.value = (placeTyped.peek() + event.key).slice(-3);
  else if (event.key === "Enter") placeTyped.peek() ? jump() : forward();
  else if (act) act();
  // Nothing else acts in a talk: a key that is hit by mistake changes nothing that the audience sees.
  if (act || event.key.length === 1 || event.key === "Enter") {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** Begins the talk at the view where it was. */
export function give(from = viewAt.peek()): void {
  if (story.peek().views.length === 0) return;
  talkOpen.value = false;
  batch(() => {
    bare.value = true;
    presenting.value = true;
    began.value ??= Date.now();
  });
  addEventListener("keydown", onKey, true);
  document.addEventListener("fullscreenchange", stayBare);
  hear({ forward, back, show: showView });
  showView(Math.min(from, story.peek().views.length - 1));
  void document.documentElement.requestFullscreen?.().catch(() => undefined);
  tell();
}

/** Leaving full screen brings the page's bars back, but not in a talk. */
const stayBare = (): void => {
  if (presenting.peek()) bare.value = true;
};

export function end(): void {
  removeEventListener("keydown", onKey, true);
  document.removeEventListener("fullscreenchange", stayBare);
  batch(() => {
    presenting.value = false;
    bare.value = false;
    black.value = false;
    ended.value = false;
    placeTyped.value = "";
    began.value = null;
  });
  if (document.fullscreenElement) void document.exitFullscreen();
}

/** Notes and the next view in a window of their own, for the speaker's screen. */
export function notesWindow(): void {
  const url = new URL(location.href);
  url.hash = "";
  url.search = "?notes";
  window.open(url, "stable-regions-notes", "popup,width=900,height=640");
}
