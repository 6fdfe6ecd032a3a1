/** The keys: one table for the listener and for the sheet that explains them. */

import { sameWindow, WHOLE } from "../../field/view";
import { goHome, zoomHere } from "../../rooms/slice/hand/zoom";
import { nextEdge, switchTool, tool } from "../../rooms/slice/state/line";
import { nextOverlay } from "../../rooms/slice/state/overlay";
import { copyLink } from "../../shell/CopyLink";
import { bare, fullScreen } from "../../shell/chrome";
import { galleryOpen } from "../../shell/galleryOpen";
import { helpOpen } from "../../shell/sheets";
import { change, frameNames, view } from "../../shell/store";
import { chooserOpen, chosenModel } from "../../subject/chooser/open";
import { loop, pause, show, stepBy, toggle } from "../../subject/play";
import { toggleTilt } from "../../subject/tilt";
import type { Room, Theme } from "../../subject/view";

export interface KeyRow {
  /** Values of `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  /** As printed on the sheet. */
  readonly shown: string;
  readonly text: string;
  readonly run: () => void;
  /** Where it does something; everywhere if not said. */
  readonly only?: Room;
}

const THEMES: readonly Theme[] = ["system", "light", "dark", "projector"];

function moreModels(): void {
  chosenModel.value = null;
  chooserOpen.value = true;
}

function toFrame(index: number): void {
  pause();
  show(index);
}

export const KEYS: readonly KeyRow[] = [
  { keys: [" "], shown: "space", text: "play or pause", run: toggle, only: "slice" },
  { keys: ["ArrowRight", "PageDown"], shown: "→ PageDown", text: "next checkpoint", run: () => stepBy(1) },
  { keys: ["ArrowLeft", "PageUp"], shown: "← PageUp", text: "previous checkpoint", run: () => stepBy(-1) },
  { keys: ["Home"], shown: "Home", text: "first checkpoint", run: () => toFrame(0) },
  { keys: ["End"], shown: "End", text: "last checkpoint", run: () => toFrame(frameNames.peek().length - 1) },
  { keys: ["l", "L"], shown: "L", text: "loop", run: () => (loop.value = !loop.peek()), only: "slice" },
  {
    keys: ["x", "X"],
    shown: "X",
    text: "cross-fade",
    run: () => change({ fade: !view.peek().fade }),
    only: "slice",
  },
  { keys: ["+", "="], shown: "+", text: "look closer", run: () => zoomHere(0.5) },
  { keys: ["-", "_"], shown: "−", text: "look from farther", run: () => zoomHere(2) },
  { keys: ["0"], shown: "0", text: "the whole window", run: goHome },
  {
    keys: ["d", "D"],
    shown: "D",
    text: "draw lines by dragging, or look closer",
    run: switchTool,
    only: "slice",
  },
  { keys: ["e", "E"], shown: "E", text: "next edge: A to B, B to C, C to A", run: nextEdge, only: "slice" },
  {
    keys: ["a", "A"],
    shown: "A",
    text: "the curve at all checkpoints",
    run: () => change({ allCurves: !view.peek().allCurves }),
    only: "slice",
  },
  {
    keys: ["v", "V"],
    shown: "V",
    text: "the curve, larger",
    run: () => change({ enlarged: "training" }),
    only: "slice",
  },
  { keys: ["Escape"], shown: "Esc", text: "let go of the line tool, the point, the zoom", run: leave },
  {
    keys: ["n", "N"],
    shown: "N",
    text: "names of regions",
    run: () => change({ names: !view.peek().names }),
  },
  {
    keys: ["c", "C"],
    shown: "C",
    text: "border lines",
    run: () => change({ contours: !view.peek().contours }),
  },
  {
    keys: ["k", "K"],
    shown: "K",
    text: "computed points",
    run: () => change({ overlay: view.peek().overlay === "computed" ? "none" : "computed" }),
  },
  {
    keys: ["o", "O"],
    shown: "O",
    text: "next overlay: computed points, gradient, polytope edges, trust veil",
    run: nextOverlay,
    only: "slice",
  },
  {
    keys: ["b", "B"],
    shown: "B",
    text: "regions beside the picture, or training",
    run: () => change({ beside: view.peek().beside === "regions" ? "training" : "regions" }),
    only: "slice",
  },
  {
    keys: ["w", "W"],
    shown: "W",
    text: "how regions form",
    run: () => change({ forming: true }),
    only: "slice",
  },
  { keys: ["r", "R"], shown: "R", text: "rotate the plane", run: toggleTilt, only: "slice" },
  {
    keys: ["p", "P"],
    shown: "P",
    text: "colour-blind safe palette",
    run: () => change({ palette: view.peek().palette === "safe" ? "paper" : "safe" }),
  },
  {
    keys: ["t", "T"],
    shown: "T",
    text: "next theme",
    run: () => change({ theme: THEMES[(THEMES.indexOf(view.peek().theme) + 1) % THEMES.length] ?? "system" }),
  },
  { keys: ["f", "F"], shown: "F", text: "full screen", run: () => void fullScreen() },
  { keys: ["h", "H"], shown: "H", text: "only picture and scrubber", run: () => (bare.value = !bare.peek()) },
  { keys: ["g", "G"], shown: "G", text: "presets", run: () => (galleryOpen.value = true) },
  { keys: ["m", "M"], shown: "M", text: "more models", run: moreModels },
  { keys: ["y", "Y"], shown: "Y", text: "copy the link", run: () => void copyLink() },
  { keys: ["?"], shown: "?", text: "this sheet", run: () => (helpOpen.value = true) },
];

function leave(): void {
  if (bare.peek()) bare.value = false;
  else if (tool.peek() === "line") switchTool();
  else if (view.peek().pin) change({ pin: null });
  else if (!sameWindow(view.peek().window, WHOLE)) goHome();
}

const BY_KEY = new Map(KEYS.flatMap((row) => row.keys.map((key) => [key, row] as const)));

/** Whether the element uses the key itself: typing, choosing, pressing. */
function takes(element: EventTarget | null, key: string): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.closest("dialog[open], .menu:popover-open")) return true;
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  if (element instanceof HTMLInputElement) return element.type !== "checkbox" || key === " ";
  return key === " " && element instanceof HTMLButtonElement;
}

export function startKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = BY_KEY.get(event.key);
    if (!row || takes(event.target, event.key) || (row.only && row.only !== view.peek().room)) return;
    event.preventDefault();
    row.run();
  });
}
