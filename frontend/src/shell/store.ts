/**
 * The view as a signal, and the address as its mirror.
 *
 * `change` is the only way to alter it. A step (another model, a preset, a zoom) becomes an entry of the browser's
 * history, so that Back is undo; a drift (scrubbing, dragging) rewrites the entry it is in.
 */
import { computed, effect, signal } from "@preact/signals";
import type { Catalogue, ModelCard } from "../api/types";
import { documents } from "../subject/known";
import { cardOf, framesOf, requestOf, type View } from "../subject/view";
import { hashOf, viewOf } from "./link";

export const catalogue = signal<Catalogue | null>(null);

const current = signal<View | null>(null);

/** What could not be used of the link that was opened. */
export const complaints = signal<readonly string[]>([]);

/** The view; read only after `open`. */
export const view = computed<View>(() => {
  if (!current.value) throw new Error("the view is read before the page is open");
  return current.value;
});

export const isOpen = computed(() => current.value !== null);

/** The card of the model that is open: the whole one where it was asked for, else the catalogue's. */
export const card = computed<ModelCard | undefined>(() => {
  const { model } = view.value;
  return documents.value.get(model)?.card ?? (catalogue.value ? cardOf(catalogue.value, model) : undefined);
});

/** Names of the frames in the scrubber's order. */
export const frameNames = computed<readonly string[]>(() => framesOf(view.value, card.value));

/** The question that the view poses, as text: equal texts are equal questions, whatever frame is on screen. */
export const question = computed<string>(() => {
  const request = requestOf(view.value, card.value);
  return JSON.stringify({
    ...request,
    slice: { ...request.slice, model: { name: request.slice.model.name, dtype: request.slice.model.dtype } },
  });
});

/** Marks an entry of the history that a view of this page lies before. */
const STEP = "step";

/** Whether going back shows another view. */
export const hasBefore = (): boolean => history.state === STEP;

/** To the view before this one; a link that was just opened has none, and the first view comes instead. */
export function goBack(): void {
  if (hasBefore()) history.back();
  else location.hash = "";
}

const SETTLE = 250;
let settling: ReturnType<typeof setTimeout> | undefined;

function mirror(): void {
  clearTimeout(settling);
  settling = undefined;
  history.replaceState(history.state, "", `#${hashOf(view.peek())}`);
}

export function change(patch: Partial<View>, how: "step" | "drift" = "step"): void {
  const before = view.peek();
  const after = { ...before, ...patch };
  if (hashOf(after) === hashOf(before)) return;
  if (how === "step") {
    if (settling !== undefined) mirror();
    current.value = after;
    history.pushState(STEP, "", `#${hashOf(after)}`);
  } else {
    current.value = after;
    clearTimeout(settling);
    settling = setTimeout(mirror, SETTLE);
  }
}

/** Takes the view from the address, now and whenever the visitor goes back, forward or edits it. */
export function open(found: Catalogue): void {
  catalogue.value = found;
  const take = (): void => {
    clearTimeout(settling);
    settling = undefined;
    const read = viewOf(location.hash, found);
    current.value = read.view;
    complaints.value = read.complaints;
  };
  take();
  addEventListener("popstate", take);
  addEventListener("hashchange", take);
}

/** The address of the view, with nothing pending. */
export function link(): string {
  return new URL(`#${hashOf(view.peek())}`, location.href).href;
}

/** The window's title tells views apart in the history and in tabs. */
export function startTitle(): void {
  effect(() => {
    const { model, revision, layer } = view.value;
    document.title = `${model} · ${revision} · layer ${layer} · Stable Regions`;
  });
}
