/** The question that the view poses, and the model that it is about. */
import { computed } from "@preact/signals";
import { catalogue } from "../api/catalogue";
import type { AnimationRequest, ModelCard } from "../api/types";
import { documents } from "./known";
import { view } from "./state";
import { cardOf, framesOf, requestOf } from "./view";

/** The card of the model that is open: the whole one where it was asked for, else the catalogue's. */
export const card = computed<ModelCard | undefined>(() => {
  const { model } = view.value;
  return documents.value.get(model)?.card ?? (catalogue.value ? cardOf(catalogue.value, model) : undefined);
});

/** Names of the frames in the scrubber's order. */
export const frameNames = computed<readonly string[]>(() => framesOf(view.value, card.value));

/** A film's question as text: equal texts are equal questions, whatever frame is on screen. */
export function questionOf({ slice, ...film }: AnimationRequest): string {
  const { name, dtype } = slice.model;
  return JSON.stringify({ ...film, slice: { ...slice, model: { name, dtype } } });
}

export const question = computed<string>(() => questionOf(requestOf(view.value, card.value)));
