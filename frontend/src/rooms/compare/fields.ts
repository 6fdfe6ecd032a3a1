/** The fields of this room: what each asks, and what has come. */
import { computed, effect, signal } from "@preact/signals";
import { catalogue } from "../../api/catalogue";
import { isObject } from "../../api/decode";
import type { SliceRequest } from "../../api/types";
import type { Question } from "../../asking/question";
import { Several, textOf } from "../../asking/several";
import { type ColourOptions, scales } from "../../field/colour";
import { type Difference, difference } from "../../field/difference";
import { planeLargest, type Slice, sliceOf, type Triple, triple } from "../../field/slice";
import { isOpen } from "../../shell/address";
import { look } from "../../shell/look";
import { pointer } from "../../subject/pointer";
import { view } from "../../subject/state";
import { SWEEP, sliceRequestOf, type View } from "../../subject/view";
import { compareView } from "./link";
import { nextField } from "./next";
import { firstFields } from "./starts";
import { moved, ownEverywhere, type Variation, varied } from "./variation";

export interface Field {
  readonly variation: Variation;
  /** The view with the variation's changes. */
  readonly view: View;
  readonly request: SliceRequest;
  /** The request's name among the answers. */
  readonly text: string;
}

/** What is told apart: the link's own variations, or the room's first choice. */
export const variations = computed<readonly Variation[]>(() => {
  if (!isOpen.value) return [];
  const { fields: chosen } = compareView.value;
  if (chosen.length > 0) return chosen;
  return catalogue.value ? firstFields(view.value, catalogue.value) : [];
});

export const fields = computed<readonly Field[]>(() =>
  variations.value.map((variation) => {
    const own = varied(view.value, variation);
    const slice = sliceRequestOf(own);
    const request: SliceRequest = own.resolution > SWEEP ? { ...slice, resolution: SWEEP } : slice;
    return { variation, view: own, request, text: textOf(request) };
  }),
);

/** Facets that the view's own controls do not change, because every field has its own. */
export const moot = computed(() => ownEverywhere(variations.value));

/** Each field's slice, and its coarser levels on the way. */
export const several = new Several<SliceRequest, Slice, Slice, "slice">({
  read: sliceOf,
  parts: {
    of: "slice",
    name: () => "level",
    level: (part) => part.resolution,
    read: sliceOf,
  },
});

export interface Asked {
  readonly question: Question<SliceRequest, Slice, Slice, "slice">;
  /** The finest level that has arrived. */
  readonly slice: Slice | null;
}

export const asked = computed<readonly (Asked | undefined)[]>(() =>
  fields.value.map(({ text }) => {
    const question = several.questions.value.get(text);
    if (!question) return undefined;
    return { question, slice: question.own.value ?? question.parts.value.get("level")?.value ?? null };
  }),
);

/** Pause after the last change before asking, milliseconds. */
const PAUSE = 220;

/** Begins to answer whatever the room shows; the function that is returned ends it. */
export function startComparing(): () => void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let before: string | null = null;
  const off = effect(() => {
    const now = fields.value.map((field) => field.text).join("\n");
    if (now === before) return;
    clearTimeout(pause);
    pause = setTimeout(
      () => several.want(fields.peek().map((field) => field.request)),
      before === null ? 0 : PAUSE,
    );
    before = now;
  });
  return () => {
    off();
    clearTimeout(pause);
    several.cancel();
  };
}

/** Largest distance of each channel over all fields that have one kind of distance: the scale of `sequence`. */
const most = computed<ReadonlyMap<string, Triple<number>>>(() => {
  const found = new Map<string, Triple<number>>();
  for (const one of asked.value) {
    if (!one?.slice) continue;
    const [kind, own] = [String(one.slice.recipe["distance"]), planeLargest(one.slice)];
    const so = found.get(kind) ?? own;
    found.set(
      kind,
      triple((k) => Math.max(so[k], own[k])),
    );
  }
  return found;
});

/** How a slice's distances become colours. */
export function colourOf(slice: Slice): ColourOptions {
  const { palette } = look.value;
  const { normalisation } = view.value;
  return { palette, normalisation, sequenceMax: most.value.get(String(slice.recipe["distance"])) };
}

export function scaleOf(slice: Slice): Triple<number> {
  const { normalisation, sequenceMax } = colourOf(slice);
  return scales(normalisation, slice, sequenceMax);
}

/** The two fields whose difference is mapped, where both are there. */
export const compared = computed<readonly [number, number] | null>(() => {
  const pair = isOpen.value ? compareView.value.difference : null;
  return pair && Math.max(...pair) < fields.value.length ? pair : null;
});

/** The difference; null while one of the two is missing. */
export const map = computed<Difference | null>(() => {
  const slices = compared.value?.map((place) => asked.value[place]?.slice);
  const [one, other] = slices ?? [];
  if (!one || !other) return null;
  return difference({ slice: one, scale: scaleOf(one) }, { slice: other, scale: scaleOf(other) });
});

/** Whether a slice shows the plane that a request asks for; window and grid may differ. */
export function samePlane({ recipe }: Slice, request: SliceRequest): boolean {
  const model = recipe["model"];
  const shown = isObject(model) ? [model["name"], model["revision"]] : [];
  const [was, is] = [
    [shown, recipe["prompts"], recipe["write_layer"], recipe["distance"], recipe["contexts"]],
    [
      [request.model.name, request.model.revision],
      request.prompts,
      request.write_layer,
      request.distance,
      request.contexts,
    ],
  ];
  return JSON.stringify(was) === JSON.stringify(is);
}

/** The point that all fields speak of: under the pointer or the key cursor, else the kept one. */
export const linked = computed<{ readonly alpha: number; readonly beta: number } | null>(() => {
  if (pointer.value) return pointer.value;
  const pin = isOpen.value ? view.value.pin : null;
  return pin && { alpha: pin[0], beta: pin[1] };
});

/** The field that the pointer is over, whose own arrow shows the place. */
export const hovered = signal(-1);

export function setFields(chosen: readonly Variation[], difference = compareView.peek().difference): void {
  compareView.change({ fields: chosen, difference });
}

export function setField(place: number, variation: Variation): void {
  setFields(variations.peek().map((old, i) => (i === place ? variation : old)));
}

/** What *Add field* would add, or why it cannot. */
export const addable = computed<Variation | string>(() =>
  isOpen.value && catalogue.value ? nextField(view.value, variations.value, catalogue.value) : "",
);

export function addField(): void {
  const found = addable.peek();
  if (typeof found !== "string") setFields([...variations.peek(), found]);
}

export function removeField(place: number): void {
  const kept = [...variations.peek().keys()].filter((i) => i !== place);
  reorder(kept);
}

export function moveField(from: number, to: number): void {
  const places = [...variations.peek().keys()];
  if (to >= 0 && to < places.length) reorder(moved(places, from, to));
}

/** The fields at these places, in this order; the difference stays with its two fields as long as both are there. */
function reorder(places: readonly number[]): void {
  const all = variations.peek();
  const pair = compareView.peek().difference?.map((old) => places.indexOf(old));
  setFields(
    places.map((place) => all[place] ?? {}),
    pair && !pair.includes(-1) ? (pair as [number, number]) : null,
  );
}
