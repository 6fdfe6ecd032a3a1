/** The bifurcation diagram with its hair-line, and the exponents below it: click a β, drag to zoom. */

import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { type Axes, fill, frame, valueAt, xOf } from "./draw/axes";
import { density } from "./draw/density";
import { DOWN, inks, ofExponent, UP } from "./draw/ink";
import { drawExponents } from "./draw/plots";
import { rest } from "./glide";
import { boxOf, diagramAxes, exponentAxes, keeps, layers } from "./layout";
import { dynamics, shows } from "./link";
import { Plot } from "./Plot";
import { verdict } from "./words";

const BELOW = 22;
const STRIP_BELOW = 34;
/** CSS pixels that a drag must cover to be a zoom. */
const DRAGGED = 6;

/** The dragged part, as two values of β. */
const brush = signal<readonly [number, number] | null>(null);

export function drawDiagram(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  ratio: number,
): void {
  const view = shows.value;
  const ink = inks();
  const axes = diagramAxes(boxOf(width, height, BELOW));
  fill(context, axes, ink);
  const { box } = axes;
  const [w, h] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
  const tints = view.sweep === "both" ? [() => UP, () => DOWN] : [];
  const drawn = layers.value.map((columns, i) => ({
    columns,
    colour: tints[i] ?? ((column: { exponents: readonly number[] }) => ofExponent(column.exponents[0])),
  }));
  const { across, up } = axes;
  const { feature, features } = view;
  const image = density(drawn, {
    width: w,
    height: h,
    across,
    up,
    feature,
    features,
    ground: ink.ground,
    keeps: keeps.value,
  });
  context.putImageData(image, Math.round(box.left * ratio), Math.round(box.top * ratio));
  frame(context, axes, ink, { x: "", y: `m${subscript(feature)}, output overlap (semantic part)` });
}

export const subscript = (n: number): string => String.fromCharCode(0x2080 + n);

export function drawStrip(context: CanvasRenderingContext2D, width: number, height: number): void {
  const ink = inks();
  const axes = exponentAxes(boxOf(width, height, STRIP_BELOW));
  drawExponents(context, axes, layers.value[0] ?? [], ink);
  frame(
    context,
    axes,
    ink,
    { x: "β, inverse temperature of the output", y: "λ₁ (coloured), λ₂ · each token" },
    false,
  );
}

/** The hair-line and the dragged part, above a plot. */
export function drawHair(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  over: "diagram" | "strip",
): void {
  const below = over === "diagram" ? BELOW : STRIP_BELOW;
  const { beta, from, to } = dynamics.value;
  const axes: Axes = { box: boxOf(width, height, below), across: [from, to], up: [0, 1] };
  const ink = inks();
  const { top, height: high, left, width: wide } = axes.box;
  if (brush.value) {
    const [a, b] = brush.value.map((value) => xOf(axes, value)) as [number, number];
    context.fillStyle = ink.accent;
    context.globalAlpha = 0.25;
    context.fillRect(Math.min(a, b), top, Math.abs(b - a), high);
    context.globalAlpha = 1;
  }
  const x = xOf(axes, beta);
  if (x < left || x > left + wide) return;
  context.strokeStyle = ink.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, top + high);
  context.stroke();
}

export function Diagram() {
  const begun = useRef<{ x: number; beta: number } | null>(null);
  const betaAt = (event: PointerEvent): number => {
    const target = event.currentTarget as HTMLElement;
    const bounds = target.getBoundingClientRect();
    const { from, to } = dynamics.peek();
    const axes: Axes = { box: boxOf(bounds.width, bounds.height, 0), across: [from, to], up: [0, 1] };
    return Math.min(to, Math.max(from, valueAt(axes, event.clientX - bounds.left)));
  };
  const view = dynamics.value;
  return (
    <div
      class="diagram"
      role="slider"
      tabIndex={0}
      aria-label="β under the hair-line"
      aria-valuemin={view.from}
      aria-valuemax={view.to}
      aria-valuenow={view.beta}
      aria-valuetext={`β = ${view.beta.toPrecision(6)}: ${verdict.value}`}
      aria-describedby="dynamics-sentence"
      onPointerDown={(event) => {
        rest();
        event.currentTarget.setPointerCapture(event.pointerId);
        begun.current = { x: event.clientX, beta: betaAt(event) };
      }}
      onPointerMove={(event) => {
        const start = begun.current;
        if (!start) return;
        brush.value = Math.abs(event.clientX - start.x) > DRAGGED ? [start.beta, betaAt(event)] : null;
      }}
      onPointerUp={(event) => {
        const part = brush.value;
        const start = begun.current;
        begun.current = null;
        brush.value = null;
        if (part) zoom(Math.min(...part), Math.max(...part));
        else if (start) dynamics.change({ beta: betaAt(event) }, "step");
      }}
      onPointerCancel={() => {
        begun.current = null;
        brush.value = null;
      }}
      onDblClick={() => zoom(0, 3)}
    >
      <div class="stack upper">
        <Plot draw={drawDiagram} />
        <Plot class="over" draw={(context, width, height) => drawHair(context, width, height, "diagram")} />
      </div>
      <div class="stack strip-plot">
        <Plot draw={drawStrip} />
        <Plot class="over" draw={(context, width, height) => drawHair(context, width, height, "strip")} />
      </div>
    </div>
  );
}

/** Narrowest window: a few numbers that double precision tells apart. */
const NARROWEST = 1e-14;

/** Shows a part of the axis; the hair-line comes along where it would be lost. */
export function zoom(from: number, to: number): void {
  if (to - from < NARROWEST) return;
  const { beta } = dynamics.peek();
  const inside = beta >= from && beta <= to;
  dynamics.change({ from, to, ...(inside ? {} : { beta: (from + to) / 2 }) }, "step");
}
