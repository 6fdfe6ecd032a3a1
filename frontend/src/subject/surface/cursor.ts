/** The cursor that the keyboard moves over the picture, and the point that is kept. */
import { near, span, type Window } from "../../field/view";
import { pointer } from "../pointer";
import { change, view } from "../state";

/** Right and up, by the arrow keys. */
export const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Whether the key was the cursor's. */
export function cursorKey(event: KeyboardEvent, window: Window, points: number): boolean {
  const arrow = ARROWS[event.key];
  const at = pointer.peek();
  if (arrow && !event.altKey && !event.metaKey && !event.ctrlKey) {
    const count = (event.shiftKey ? 8 : 1) / (points - 1);
    const from = at ?? {
      alpha: (window.alpha[0] + window.alpha[1]) / 2,
      beta: (window.beta[0] + window.beta[1]) / 2,
    };
    pointer.value = {
      alpha: clamp(from.alpha + arrow[0] * count * span(window.alpha), window.alpha),
      beta: clamp(from.beta + arrow[1] * count * span(window.beta), window.beta),
      by: "keys",
    };
    return true;
  }
  if (event.key !== "Enter" || !at) return false;
  keep(at.alpha, at.beta);
  return true;
}

/** Keeps a point. */
export function keep(alpha: number, beta: number): void {
  const { window } = view.peek();
  change({ pin: [near(alpha, span(window.alpha)), near(beta, span(window.beta))] });
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, value));
}
