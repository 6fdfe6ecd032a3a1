/** Lines in the hand: a new one, one of its ends, or all of it. An end near an anchor holds on to it. */
import {
  anchorAt,
  type End,
  edgeAt,
  type Line,
  nearestOn,
  type Pixel,
  pixelsOf,
  placeOf,
  sameLine,
} from "../../../field/line";
import { type Frame, span, toPlane, type Window } from "../../../field/view";
import { pointer } from "../../../subject/pointer";
import { view } from "../../../subject/state";
import { type Held, SLACK } from "../../../subject/surface/held";
import type { LineHand } from "../../../subject/surface/Surface";
import { anchors, dragging, hovered, keepLine, line, spot, tool } from "./line";
import { sliceView } from "./view";

/** How near an edge, a line and an anchor are under the pointer, CSS pixels. */
const REACH = 6;
const BESIDE = 14;
const ANCHOR = 13;

/** A new line from where the hand is; or the drawn one, when the hand is on it. */
export function lineInHand(frame: Frame, from: Pixel): Held {
  const chosen = sliceView.peek().line;
  const own = anchors.peek();
  if (tool.peek() === "line" && own && chosen.every((end) => typeof end !== "string")) {
    if (nearestOn(pixelsOf(chosen, own, frame), from).distance <= REACH) return whole(frame, chosen, from);
  }
  const start = endAt(frame, from);
  return holding((at) => [start, endAt(frame, at)], from);
}

/** One end of the chosen line. */
export function endInHand(frame: Frame, which: 0 | 1, from: Pixel): Held {
  const [first, last] = sliceView.peek().line;
  return holding((at) => (which === 0 ? [endAt(frame, at), last] : [first, endAt(frame, at)]), from);
}

/** An end moved by the keyboard, in shares of the window. */
export function nudge(which: 0 | 1, [dx, dy]: readonly [number, number]): void {
  const own = anchors.peek();
  if (!own) return;
  const { window } = view.peek();
  const { line: chosen } = sliceView.peek();
  const [alpha, beta] = placeOf(chosen[which], own);
  const moved = tidyEnd(window, alpha + dx * span(window.alpha), beta + dy * span(window.beta));
  keepLine(which === 0 ? [moved, chosen[1]] : [chosen[0], moved], "drift");
}

/** What is under a pointer that holds nothing: an edge that is not chosen yet, a place along the line. */
export function lookAt(frame: Frame, at: Pixel | null): void {
  const own = anchors.peek();
  const edge = at && own && tool.peek() === "zoom" ? edgeAt(at, own, frame, REACH, ANCHOR) : null;
  const found = edge && !sameLine(edge, sliceView.peek().line) ? edge : null;
  if (found?.join() !== hovered.peek()?.join()) hovered.value = found;
  const near = at && own ? nearestOn(pixelsOf(line.peek(), own, frame), at) : null;
  if (near && near.distance <= BESIDE) spot.value = { share: near.share, by: "picture" };
  else if (spot.peek()?.by === "picture") spot.value = null;
}

/** Takes the edge at a click; whether there was one that is not chosen yet. */
export function takeEdge(frame: Frame, at: Pixel): boolean {
  const own = anchors.peek();
  const edge = own ? edgeAt(at, own, frame, REACH, ANCHOR) : null;
  if (!edge || sameLine(edge, sliceView.peek().line)) return false;
  hovered.value = null;
  keepLine(edge);
  return true;
}

function whole(frame: Frame, chosen: Line, from: Pixel): Held {
  const start = toPlane(frame, from.x, from.y);
  return holding((at) => {
    const now = toPlane(frame, at.x, at.y);
    return chosen.map((end) => {
      const [alpha, beta] = end as readonly [number, number];
      return tidyEnd(frame.window, alpha + now.alpha - start.alpha, beta + now.beta - start.beta);
    }) as unknown as Line;
  }, from);
}

/** A line that follows the hand; the first move is a step of the history, the others go with it. */
function holding(follow: (at: Pixel) => Line, from: Pixel): Held {
  let moved = false;
  const drop = (): void => {
    dragging.value = false;
  };
  return {
    move(at) {
      if (!moved && Math.hypot(at.x - from.x, at.y - from.y) < SLACK) return;
      const next = follow(at);
      if (next[0].toString() === next[1].toString()) return;
      pointer.value = null;
      hovered.value = null;
      spot.value = null;
      dragging.value = true;
      keepLine(next, moved ? "drift" : "step");
      moved = true;
    },
    end() {
      drop();
      return moved;
    },
    cancel: drop,
  };
}

function endAt(frame: Frame, at: Pixel): End {
  const own = anchors.peek();
  const letter = own && anchorAt(at, own, frame, ANCHOR);
  if (letter) return letter;
  const { alpha, beta } = toPlane(frame, at.x, at.y);
  return tidyEnd(frame.window, alpha, beta);
}

/** Coordinates to a ten-thousandth of the window, at most as far as requests go. */
function tidyEnd(window: Window, alpha: number, beta: number): End {
  const round = (value: number, width: number): number => {
    const places = Math.min(9, Math.max(0, 4 - Math.floor(Math.log10(width))));
    return Number(Math.max(-100, Math.min(100, value)).toFixed(places)) + 0;
  };
  return [round(alpha, span(window.alpha)), round(beta, span(window.beta))];
}

/** Lines are drawn in the slice room, where their curves are shown. */
export const lineHand: LineHand = {
  draws: () => tool.value === "line",
  over: () => hovered.value !== null,
  begin: lineInHand,
  look: lookAt,
  take: takeEdge,
};
