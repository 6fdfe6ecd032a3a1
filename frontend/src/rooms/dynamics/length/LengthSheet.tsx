/** The sheet of long computations: a diagram along β, γ or ε, or a map over two of them; a click sets what it names. */
import { useEffect } from "preact/hooks";
import { Refusal } from "../../../asking/Refusal";
import { Standing } from "../../../asking/Standing";
import { Choice } from "../../../kit/Choice";
import { Sheet } from "../../../kit/Sheet";
import { subscript } from "../Diagram";
import { valueAt } from "../draw/axes";
import { inks } from "../draw/ink";
import { type Axis, dynamics, type Far } from "../link";
import { Plot } from "../Plot";
import { atLength, lengthOpen, mapRequest, there } from "./asking";
import { AXIS_TEXT, axesOf, drawLength } from "./draw";
import { sharesOf } from "./read";
import "./length.css";

const FARS: readonly { value: Far; text: string }[] = [
  { value: "diagram", text: "257 values, 30,000 steps" },
  { value: "paper", text: "1,025 values, 120,000 steps" },
  { value: "map", text: "map of two parameters, 65²" },
];
const AXES: readonly { value: Axis; text: string }[] = [
  { value: "beta", text: "β" },
  { value: "gamma", text: "γ" },
  { value: "epsilon", text: "ε" },
];

/** What is upward in a map. */
const upward = (): Axis => mapRequest().y as Axis;

function draw(context: CanvasRenderingContext2D, width: number, height: number): void {
  const found = there.value;
  if (!found) return;
  const view = dynamics.value;
  const map = found.kind === "map";
  drawLength(
    context,
    found,
    axesOf(found, width, height),
    {
      x: AXIS_TEXT[view.axis],
      y: map ? AXIS_TEXT[upward()] : `m${subscript(view.feature)}, output overlap (semantic part)`,
    },
    { x: view[view.axis], y: map ? view[upward()] : null },
    inks(),
  );
}

function sentence(): string {
  const found = there.value;
  if (!found) return "Nothing is there yet.";
  const what = found.kind === "map" ? "points" : "values";
  const list = sharesOf(found).map(([name, share]) => `${name} ${Math.round(100 * share)} %`);
  return `Of ${found.regime.length.toLocaleString("en-US")} ${what}: ${list.join(", ")}. Blue contracts, red stretches; click to go there.`;
}

function pick(event: MouseEvent): void {
  const found = there.peek();
  if (!found) return;
  const bounds = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const axes = axesOf(found, bounds.width, bounds.height);
  const { axis } = dynamics.peek();
  const change: Partial<Record<Axis, number>> = {
    [axis]: held(valueAt(axes, event.clientX - bounds.left), found.x),
  };
  if (found.kind === "map") {
    const share = 1 - (event.clientY - bounds.top - axes.box.top) / axes.box.height;
    change[upward()] = held(axes.up[0] + share * (axes.up[1] - axes.up[0]), found.y);
  }
  dynamics.change(change, "step");
}

/** Within what was measured. */
const held = (value: number, range: ArrayLike<number>): number =>
  Math.min(range[range.length - 1] as number, Math.max(range[0] as number, value));

export function LengthSheet() {
  useEffect(() => atLength.start(), []);
  const view = dynamics.value;
  const problem = atLength.problem.value;
  return (
    <Sheet open={lengthOpen} title="At length" class="length-sheet">
      <p class="quiet">
        The server computes this one, keeps it, and gives it to whoever opens the link. The page&apos;s own
        diagram is shorter.
      </p>
      <div class="hall-tools">
        <Choice label="What" value={view.far} options={FARS} onPick={(far) => dynamics.change({ far })} />
        <Choice label="Along" value={view.axis} options={AXES} onPick={(axis) => dynamics.change({ axis })} />
        {view.far === "map" && (
          <Choice
            label="Upward"
            value={upward()}
            options={AXES.filter(({ value }) => value !== view.axis)}
            onPick={(other) => dynamics.change({ other })}
          />
        )}
        <Standing of={atLength} />
      </div>
      {problem && <Refusal problem={problem} again={() => atLength.again()} />}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the room's own fields set the same values by keyboard */}
      <div
        class="stack length-plot"
        role="img"
        aria-label={sentence()}
        onClick={pick}
        data-there={there.value ? `${there.value.kind} ${there.value.width}` : ""}
      >
        <Plot draw={draw} />
      </div>
      <p class="sentence">{sentence()}</p>
    </Sheet>
  );
}
