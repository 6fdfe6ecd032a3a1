/** Looking closer and from farther. */
import { NARROWEST, tidy, WHOLE, zoom } from "../../field/view";
import type { KeyRow } from "../../shell/keys";
import { pointer } from "../pointer";
import { change, view } from "../state";

/** Wheel turns closer together than this are one step of the history, milliseconds. */
const GESTURE = 700;

let lastTurn = 0;

/** Zooms about a point; one history entry a gesture. */
export function zoomAbout(factor: number, centre: { alpha: number; beta: number }): void {
  const now = performance.now();
  const { window, dtype } = view.peek();
  change(
    { window: tidy(zoom(window, factor, centre, NARROWEST[dtype])) },
    now - lastTurn > GESTURE ? "step" : "drift",
  );
  lastTurn = now;
}

/** Zooms about the cursor, the pin, or the middle. */
export function zoomHere(factor: number): void {
  const { window, pin } = view.peek();
  const at = pointer.peek() ?? (pin ? { alpha: pin[0], beta: pin[1] } : null);
  const middle = {
    alpha: (window.alpha[0] + window.alpha[1]) / 2,
    beta: (window.beta[0] + window.beta[1]) / 2,
  };
  zoomAbout(factor, at ?? middle);
}

export function goHome(): void {
  change({ window: WHOLE });
}

/** What a turn of the wheel asks for. */
export function wheelFactor(event: WheelEvent): number {
  const delta = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
  return Math.exp(Math.max(-240, Math.min(240, delta)) * 0.002);
}

/** In the rooms that show planes. */
export const ZOOM_KEYS: readonly KeyRow[] = [
  { keys: ["+", "="], shown: "+", text: "look closer", run: () => zoomHere(0.5) },
  { keys: ["-", "_"], shown: "−", text: "look from farther", run: () => zoomHere(2) },
  { keys: ["0"], shown: "0", text: "the whole window", run: goHome },
];
