/** The part of the plane that both pictures show. */
import { signal } from "@preact/signals";
import { WHOLE_SIMPLEX, type Window, zoomed } from "./simplex";

export const frame = signal<Window>(WHOLE_SIMPLEX);

export function resetWindow(): void {
  frame.value = WHOLE_SIMPLEX;
}

/** Zooms about the middle. */
export function zoomBy(factor: number): void {
  const { x0, y0, side } = frame.peek();
  frame.value = zoomed(frame.peek(), x0 + side / 2, y0 + side / 2, factor);
}
