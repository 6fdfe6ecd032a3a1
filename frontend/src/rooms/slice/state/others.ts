/** Further prompts, D to G: one question a frame says where they stand. */
import { computed, signal } from "@preact/signals";
import type { ProjectionRequest } from "../../../api/types";
import { othersOf } from "../../../field/others";
import { isIn, isOpen } from "../../../shell/address";
import { view } from "../../../subject/state";
import { sliceRequestOf, type View } from "../../../subject/view";
import { beside } from "./beside";
import { MOST_OTHERS, sliceView } from "./view";

export function projectionRequestOf(from: View, others: readonly string[]): ProjectionRequest {
  const { window: _, resolution: __, exact: ___, analysis: ____, ...plane } = sliceRequestOf(from);
  return { ...plane, analysis: "projection", extra: [...others] };
}

export const projected = beside(
  computed(() =>
    isOpen.value && isIn("slice") && sliceView.value.others.length > 0
      ? projectionRequestOf(view.value, sliceView.value.others)
      : null,
  ),
  othersOf,
);

/** The prompt that is looked at, by its place among the others. */
export const looked = signal<number | null>(null);

/** Puts a prompt on the map. What is there already, A, B and C included, stays once. */
export function addOther(text: string): void {
  const { others } = sliceView.peek();
  const { prompts } = view.peek();
  if (text === "" || others.length >= MOST_OTHERS || others.includes(text) || prompts.includes(text)) return;
  sliceView.change({ others: [...others, text] });
}

export function replaceOther(n: number, text: string): void {
  const { others } = sliceView.peek();
  const { prompts } = view.peek();
  if (text === "" || others.includes(text) || prompts.includes(text)) return;
  sliceView.change({ others: others.map((old, i) => (i === n ? text : old)) });
}

export function removeOther(n: number): void {
  sliceView.change({ others: sliceView.peek().others.filter((_, i) => i !== n) });
}
