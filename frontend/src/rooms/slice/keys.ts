/** The keys of the slice room. */
import { sameWindow, WHOLE } from "../../field/view";
import { bare } from "../../shell/chrome";
import type { KeyRow } from "../../shell/keys";
import { frameNames } from "../../subject/question";
import { change, toggleTilt, view } from "../../subject/state";
import { LOOK_KEYS } from "../../subject/surface/lookKeys";
import { goHome, ZOOM_KEYS } from "../../subject/surface/zoom";
import { nextEdge, switchTool, tool } from "./state/line";
import { nextOverlay } from "./state/overlay";
import { loop, pause, show, stepBy, toggle } from "./state/play";
import { sliceView } from "./state/view";

function toFrame(index: number): void {
  pause();
  show(index);
}

function leave(): void {
  if (bare.peek()) bare.value = false;
  else if (tool.peek() === "line") switchTool();
  else if (view.peek().pin) change({ pin: null });
  else if (!sameWindow(view.peek().window, WHOLE)) goHome();
}

export const keys: readonly KeyRow[] = [
  { keys: [" "], shown: "space", text: "play or pause", run: toggle },
  { keys: ["ArrowRight", "PageDown"], shown: "→ PageDown", text: "next checkpoint", run: () => stepBy(1) },
  { keys: ["ArrowLeft", "PageUp"], shown: "← PageUp", text: "previous checkpoint", run: () => stepBy(-1) },
  { keys: ["Home"], shown: "Home", text: "first checkpoint", run: () => toFrame(0) },
  { keys: ["End"], shown: "End", text: "last checkpoint", run: () => toFrame(frameNames.peek().length - 1) },
  { keys: ["l", "L"], shown: "L", text: "loop", run: () => (loop.value = !loop.peek()) },
  {
    keys: ["x", "X"],
    shown: "X",
    text: "cross-fade",
    run: () => sliceView.change({ fade: !sliceView.peek().fade }),
  },
  ...ZOOM_KEYS,
  { keys: ["d", "D"], shown: "D", text: "draw lines by dragging, or look closer", run: switchTool },
  { keys: ["e", "E"], shown: "E", text: "next edge: A to B, B to C, C to A", run: nextEdge },
  {
    keys: ["a", "A"],
    shown: "A",
    text: "the curve at all checkpoints",
    run: () => sliceView.change({ allCurves: !sliceView.peek().allCurves }),
  },
  {
    keys: ["v", "V"],
    shown: "V",
    text: "the curve, larger",
    run: () => sliceView.change({ enlarged: "training" }),
  },
  { keys: ["Escape"], shown: "Esc", text: "let go of the line tool, the point, the zoom", run: leave },
  ...LOOK_KEYS,
  {
    keys: ["k", "K"],
    shown: "K",
    text: "computed points",
    run: () => sliceView.change({ overlay: sliceView.peek().overlay === "computed" ? "none" : "computed" }),
  },
  {
    keys: ["o", "O"],
    shown: "O",
    text: "next overlay: computed points, gradient, polytope edges, trust veil, belief",
    run: nextOverlay,
  },
  {
    keys: ["b", "B"],
    shown: "B",
    text: "regions beside the picture, or training",
    run: () => sliceView.change({ beside: sliceView.peek().beside === "regions" ? "training" : "regions" }),
  },
  {
    keys: ["w", "W"],
    shown: "W",
    text: "how regions form",
    run: () => sliceView.change({ forming: true }),
  },
  { keys: ["r", "R"], shown: "R", text: "rotate the plane", run: toggleTilt },
];
