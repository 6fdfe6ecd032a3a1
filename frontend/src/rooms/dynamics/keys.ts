/** Keys of the room. */

import type { KeyRow } from "../../shell/keys";
import { zoom } from "./Diagram";
import { glide, gliding, rest } from "./glide";
import { lengthOpen } from "./length/asking";
import { dynamics } from "./link";

/** Steps of the hair-line across the window. */
const ACROSS = 400;

function move(steps: number): void {
  rest();
  const { from, to, beta } = dynamics.peek();
  dynamics.change({ beta: Math.min(to, Math.max(from, beta + (steps * (to - from)) / ACROSS)) }, "drift");
}

function scale(factor: number): void {
  rest();
  const { from, to, beta } = dynamics.peek();
  const about = Math.min(to, Math.max(from, beta));
  zoom(Math.max(0, about - (about - from) * factor), Math.min(10, about + (to - about) * factor));
}

const seed = (by: number) => (): void => {
  dynamics.change({ seed: Math.max(0, dynamics.peek().seed + by) });
};

export const keys: readonly KeyRow[] = [
  { keys: ["ArrowLeft"], shown: "←", text: "smaller β", run: () => move(-1) },
  { keys: ["ArrowRight"], shown: "→", text: "larger β", run: () => move(1) },
  { keys: ["PageDown"], shown: "PageDown", text: "β ten steps smaller", run: () => move(-10) },
  { keys: ["PageUp"], shown: "PageUp", text: "β ten steps larger", run: () => move(10) },
  { keys: ["+", "="], shown: "+", text: "zoom in at the hair-line", run: () => scale(0.5) },
  { keys: ["-"], shown: "−", text: "zoom out", run: () => scale(2) },
  { keys: ["0"], shown: "0", text: "the whole diagram", run: () => zoom(0, 3) },
  {
    keys: [" "],
    shown: "Space",
    text: "glide or rest",
    run: () => (gliding.peek() ? rest() : glide()),
  },
  { keys: ["n"], shown: "n", text: "next network: seed + 1", run: seed(1) },
  { keys: ["N"], shown: "N", text: "seed − 1", run: seed(-1) },
  { keys: ["l"], shown: "l", text: "diagrams at length", run: () => (lengthOpen.value = true) },
  {
    keys: ["u"],
    shown: "u",
    text: "up and down sweeps, or each value from the star",
    run: () => dynamics.change({ sweep: dynamics.peek().sweep === "both" ? "star" : "both" }),
  },
];
