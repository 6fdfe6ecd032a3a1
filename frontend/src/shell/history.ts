/**
 * The browser's history, so that Back is undo: a step (another model, a zoom) becomes an entry; a drift (scrubbing,
 * dragging) rewrites the entry it is in. What the address does not show makes no entry.
 */
import { batch } from "@preact/signals";

export type How = "step" | "drift";

/** Marks an entry of the history that another of this page lies before. */
const STEP = "step";

/** A drift is written once it rests, milliseconds. */
const SETTLE = 250;

let settling: ReturnType<typeof setTimeout> | undefined;
let hash: () => string = () => "";
/** Changes are being made together. */
let nested = false;

/** From now on the address is what `present` says. */
export function mirrored(present: () => string): void {
  hash = present;
}

/** Makes a change, and has the address and the history follow it. */
export function recorded(change: () => void, how: How): void {
  if (nested) {
    change();
    return;
  }
  const before = hash();
  if (how === "step" && settling !== undefined) mirror();
  batch(change);
  const after = hash();
  if (after === before) return;
  if (how === "step") history.pushState(STEP, "", `#${after}`);
  else {
    clearTimeout(settling);
    settling = setTimeout(mirror, SETTLE);
  }
}

/** Several changes, of one state or of many, as one entry of the history. */
export function asOne(changes: () => void): void {
  recorded(() => {
    nested = true;
    try {
      changes();
    } finally {
      nested = false;
    }
  }, "step");
}

/** Goes to an address of this page, as a link does. */
export function goTo(target: string): void {
  if (settling !== undefined) mirror();
  history.pushState(STEP, "", target);
  dispatchEvent(new PopStateEvent("popstate", { state: STEP }));
}

/** Whether going back shows another view. */
export const hasBefore = (): boolean => history.state === STEP;

/** To the view before this one; a link that was just opened has none, and the first view comes instead. */
export function goBack(): void {
  if (hasBefore()) history.back();
  else location.hash = "";
}

/** What was about to be written is not: the address has changed by itself. */
export function forgetPending(): void {
  clearTimeout(settling);
  settling = undefined;
}

/** Writes the address out, so that it means the same when a default changes. */
export function writeOut(): void {
  if (location.hash !== `#${hash()}`) mirror();
}

function mirror(): void {
  forgetPending();
  history.replaceState(history.state, "", `#${hash()}`);
}
