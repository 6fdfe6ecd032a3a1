/** Further prompts, D to G: one question a frame says where they stand. */
import { computed, signal } from "@preact/signals";
import type { ProjectionRequest } from "../../../api/types";
import { Asked } from "../../../asking/asked";
import { type Other, othersOf } from "../../../field/others";
import { change, isOpen, view } from "../../../shell/store";
import { MOST_OTHERS, sliceRequestOf, type View } from "../../../subject/view";

export function projectionRequestOf(from: View): ProjectionRequest {
  const { window: _, resolution: __, exact: ___, analysis: ____, ...plane } = sliceRequestOf(from);
  return { ...plane, analysis: "projection", extra: [...from.others] };
}

export const projected = new Asked<Other[]>(
  computed(() =>
    isOpen.value && view.value.room === "slice" && view.value.others.length > 0
      ? projectionRequestOf(view.value)
      : null,
  ),
  othersOf,
);

/** The prompt that is looked at, by its place among the others. */
export const looked = signal<number | null>(null);

/** Puts a prompt on the map. What is there already, A, B and C included, stays once. */
export function addOther(text: string): void {
  const { others, prompts } = view.peek();
  if (text === "" || others.length >= MOST_OTHERS || others.includes(text) || prompts.includes(text)) return;
  change({ others: [...others, text] });
}

export function replaceOther(n: number, text: string): void {
  const { others, prompts } = view.peek();
  if (text === "" || others.includes(text) || prompts.includes(text)) return;
  change({ others: others.map((old, i) => (i === n ? text : old)) });
}

export function removeOther(n: number): void {
  change({ others: view.peek().others.filter((_, i) => i !== n) });
}
