/** The talk: its story, where it is, and whether it is being given. Kept by the browser, so that a reload loses nothing. */
import { computed, effect, signal } from "@preact/signals";
import type { Json } from "../api/decode";
import { presentRequests } from "../asking/present";
import { pack } from "../pack/opened";
import { link, room } from "../shell/address";
import { presenting } from "../shell/chrome";
import { notice } from "../shell/notice";
import {
  EMPTY,
  MOST_VIEWS,
  type Scene,
  type Story,
  sceneOf,
  storyJson,
  storyOf,
  unpackedStory,
} from "./story";

export const story = signal<Story>(EMPTY);
/** The view that is shown, from 0. */
export const viewAt = signal(0);
/** When the talk began, in milliseconds of this machine's clock; null before. */
export const began = signal<number | null>(null);
export const scene = computed<Scene | null>(() => story.value.views[viewAt.value] ?? null);

const before: Story[] = [];
/** Whether there is something to undo. */
export const undoable = signal(0);
const KEPT = 50;

export function edit(views: readonly Scene[], title = story.peek().title): void {
  before.push(story.peek());
  if (before.length > KEPT) before.shift();
  undoable.value = before.length;
  story.value = { title, views };
}

export function undo(): void {
  const last = before.pop();
  undoable.value = before.length;
  if (last) story.value = last;
}

/** The view on screen as a scene. */
export function sceneNow(): Scene {
  const open = room.peek();
  const asked = presentRequests();
  return {
    link: new URL(link()).hash,
    title: open?.title() ?? "",
    notes: "",
    // A slice at the end of its training is shown from the beginning on.
    through: open?.name === "slice",
    requests: open?.name === "slice" ? asked : asked.filter((one) => one.analysis !== "animation"),
  };
}

export function addView(): void {
  const { views } = story.peek();
  if (views.length < MOST_VIEWS) edit([...views, sceneNow()]);
}

export function change(index: number, patch: Partial<Scene>): void {
  edit(story.peek().views.map((one, i) => (i === index ? { ...one, ...patch } : one)));
}

export function remove(index: number): void {
  edit(story.peek().views.filter((_, i) => i !== index));
}

/** Moves a view to another place. */
export function move(from: number, to: number): void {
  const views = [...story.peek().views];
  const [one] = views.splice(from, 1);
  if (!one || to < 0 || to > views.length) return;
  views.splice(to, 0, one);
  edit(views);
}

/** Takes a story from a file; what is wrong with it is said. */
export function takeStory(text: string): void {
  try {
    const found = storyOf(text);
    edit(found.views, found.title);
  } catch (error) {
    notice.value = error instanceof Error ? error.message : String(error);
  }
}

/** A pack and another page of this host have stories of their own. */
const place = `stable-regions-talk ${globalThis.location?.pathname ?? ""}`;

interface Kept {
  readonly story: string;
  readonly at: number;
  readonly presenting: boolean;
  readonly began: number | null;
}

function kept(): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

let started = false;

/** Brings back what was kept, or takes the story of the address or of the pack; then keeps what changes. */
export function keepTalk(): void {
  if (started) return;
  started = true;
  const last = kept();
  const given = new URLSearchParams(location.search).get("talk");
  try {
    if (given) story.value = unpackedStory(given);
    else if (last && typeof last.story === "string") story.value = storyOf(last.story);
    else if (pack.peek()) story.value = packStory();
    if (last && (!given || story.value.views.length > last.at)) {
      viewAt.value = Math.min(Math.max(0, Number(last.at) || 0), Math.max(0, story.value.views.length - 1));
      began.value = typeof last.began === "number" ? last.began : null;
    }
  } catch (error) {
    notice.value = error instanceof Error ? error.message : String(error);
  }
  effect(() => {
    const now: Kept = {
      story: storyJson(story.value),
      at: viewAt.value,
      presenting: presenting.value,
      began: began.value,
    };
    try {
      localStorage.setItem(place, JSON.stringify(now));
    } catch {
      // No room, or a private window: the talk goes on, and only a reload forgets it.
    }
  });
}

/** The story that the pack brings. */
export function packStory(): Story {
  const { title, views } = pack.peek()?.manifest ?? EMPTY;
  return { title, views: views.map((view) => sceneOf(view as unknown as Json)) };
}

/** Whether a talk was being given when the page went away, or the address asks for one. */
export function isWanted(): boolean {
  return new URLSearchParams(location.search).has("talk") || kept()?.presenting === true;
}
