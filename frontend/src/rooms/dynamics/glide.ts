/** The hair-line moves by itself, slowly, until something is touched. */

import { signal } from "@preact/signals";
import { dynamics } from "./link";

/** Seconds from one side of the window to the other. */
const CROSSING = 60;

export const gliding = signal(false);
let direction = 1;
let before = 0;

function frame(now: number): void {
  if (!gliding.peek()) return;
  const { from, to, beta } = dynamics.peek();
  const passed = Math.min(0.1, (now - before) / 1000);
  before = now;
  let next = beta + (direction * passed * (to - from)) / CROSSING;
  if (next > to || next < from) {
    direction = -direction;
    next = Math.min(to, Math.max(from, next));
  }
  dynamics.change({ beta: next }, "drift");
  requestAnimationFrame(frame);
}

export function glide(): void {
  if (gliding.peek()) return;
  gliding.value = true;
  before = performance.now();
  requestAnimationFrame(frame);
}

export function rest(): void {
  gliding.value = false;
}

/** Glides where nobody has asked for a value and motion is welcome. */
export function startGlide(asked: boolean): void {
  if (!asked && !matchMedia("(prefers-reduced-motion: reduce)").matches) glide();
}
