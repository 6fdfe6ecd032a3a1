/** The line whose curve is shown, and what hand and eye are doing along it. */
import { computed, signal } from "@preact/signals";
import type { LineRequest } from "../../../api/types";
import { EDGES, edgeOf, type Line, sameLine } from "../../../field/line";
import { isIn } from "../../../shell/address";
import { sliceRequestOf, type View } from "../../../subject/view";
import { shown } from "./shown";
import { sliceView } from "./view";

/** What a drag on the picture does. */
export const tool = signal<"zoom" | "line">("zoom");

/** An edge under the pointer: its curve is shown as long as it is there. */
export const hovered = signal<Line | null>(null);

/** A line is in the hand: it is asked coarsely, again and again, until it is let go. */
export const dragging = signal(false);

/** A place along the line that is looked at, as a share of the way, and where one looks at it. */
export const spot = signal<{ readonly share: number; readonly by: "picture" | "chart" } | null>(null);

/** The line whose curve is shown: the edge under the pointer, else the chosen one. */
export const line = computed<Line>(() => hovered.value ?? sliceView.value.line);

/** The line that was drawn last, to come back to. */
export const drawnLine = signal<Line | null>(null);

/** The anchors of the picture on screen; lines are drawn in the main room alone, so elsewhere there are none. */
export const anchors = computed(() => (shown.value && isIn("slice") ? shown.value.slice.anchors : null));

export function keepLine(chosen: Line, how: "step" | "drift" = "step"): void {
  if (!edgeOf(chosen)) drawnLine.value = chosen;
  sliceView.change({ line: chosen }, how);
}

/** The next edge round the triangle. */
export function nextEdge(): void {
  const at = EDGES.findIndex((edge) => sameLine(edge, sliceView.peek().line));
  keepLine(EDGES[(at + 1) % EDGES.length] ?? EDGES[0]);
}

export function switchTool(): void {
  tool.value = tool.peek() === "zoom" ? "line" : "zoom";
}

/** The line as it is asked, at the checkpoint and layer on screen. */
export function lineRequestOf(from: View, asked: Line, steps = 101): LineRequest {
  const { window: _, resolution: __, exact: ___, analysis: ____, ...plane } = sliceRequestOf(from);
  const ends = asked.map((end) => (typeof end === "string" ? end : [...end])) as LineRequest["ends"];
  return { ...plane, analysis: "line", ends, context: null, steps };
}
