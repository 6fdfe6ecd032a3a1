/** The hair-line moves by itself, slowly, until something is touched. */

import { signal } from "@preact/signals";
import { dynamics } from "./link";

/** Seconds from one side of the window to the other. */
const CROSSING = 60;
/** Milliseconds from one value to the next, and how many times as long as drawing took: the rest is the machine's. */
const PAUSE = 40;
const SHARE = 3;

export const gliding = signal(false);
let direction = 1;
let before = 0;

function move(): void {
  if (!gliding.peek()) return;
  const { from, to, beta } = dynamics.peek();
  const now = performance.now();
  const passed = Math.min(0.25, (now - before) / 1000);
  before = now;
  let next = beta + (direction * passed * (to - from)) / CROSSING;
  if (next > to || next < from) {
    direction = -direction;
    next = Math.min(to, Math.max(from, next));
  }
  dynamics.change({ beta: next }, "drift");
  setTimeout(() => requestAnimationFrame(move), Math.max(PAUSE, SHARE * (performance.now() - now)));
}

export function glide(): void {
  if (gliding.peek()) return;
  gliding.value = true;
  before = performance.now();
  requestAnimationFrame(move);
}

export function rest(): void {
  gliding.value = false;
}

/** Glides where nobody has asked for a value and motion is welcome. */
export function startGlide(asked: boolean): void {
  if (!asked && !matchMedia("(prefers-reduced-motion: reduce)").matches) glide();
}
