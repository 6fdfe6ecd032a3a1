/** Beside the diagram: the phase portrait of the orbit under the hair-line, and what it is. */

import { useComputed } from "@preact/signals";
import { Choice } from "../../kit/Choice";
import { subscript } from "./Diagram";
import { type Axes, aired, extent, frame } from "./draw/axes";
import { inks, ofPosition } from "./draw/ink";
import { drawPortrait } from "./draw/plots";
import { rest } from "./glide";
import { dynamics, type Shown } from "./link";
import { firstPosition, orbit, series } from "./live";
import { Plot } from "./Plot";
import { verdict } from "./words";

const SHOWN: { value: Shown; text: string }[] = [
  { value: "output", text: "output m" },
  { value: "attention", text: "attention A" },
];

/** The portrait at a size. */
export function portrait(context: CanvasRenderingContext2D, width: number, height: number): void {
  const view = dynamics.value;
  const found = orbit.value;
  const ink = inks();
  const [x, y] = [series(found, view.feature), series(found, view.across)];
  const drop = Math.max(0, x.length - view.trail);
  const points = {
    x: x.subarray(drop),
    y: y.subarray(drop),
    position: (firstPosition.value + drop) % view.context,
    context: view.context,
    period: found.regime === "periodic" ? found.period : 0,
  };
  const axes: Axes = {
    box: { left: 48, top: 20, width: width - 58, height: height - 58 },
    across: aired(extent(x), 0.08),
    up: aired(extent(y), 0.08),
  };
  drawPortrait(context, axes, points, ink);
  const letter = view.shown === "output" ? "m" : "A";
  frame(context, axes, ink, {
    x: `${letter}${subscript(view.feature)}`,
    y: `${letter}${subscript(view.across)}`,
  });
}

function Clock() {
  const { context } = dynamics.value;
  if (context > 8) return <span class="quiet">hue: position t mod {context}</span>;
  return (
    <span class="clock-legend">
      {"t mod L "}
      {Array.from({ length: context }, (_, n) => (
        <span key={n}>
          <i style={{ background: ofPosition(n, context) }} aria-hidden="true" />
          {n}
        </span>
      ))}
    </span>
  );
}

export function Side() {
  const view = dynamics.value;
  const options = Array.from({ length: view.features }, (_, i) => ({ value: i + 1, text: String(i + 1) }));
  const found = useComputed(() => orbit.value);
  const second = found.value.mean[1];
  return (
    <section class="side-orbit" aria-label="The orbit under the hair-line">
      <div class="orbit-words">
        <label class="beta-field">
          β{" "}
          <input
            type="number"
            min={0}
            max={10}
            step="any"
            value={Number(view.beta.toPrecision(10))}
            onChange={(event) => {
              rest();
              const beta = Number(event.currentTarget.value);
              if (beta >= 0 && beta <= 10) dynamics.change({ beta });
            }}
          />
        </label>
        <strong class="verdict">{verdict.value}</strong>
        {second !== undefined && Number.isFinite(second) && (
          <span class="quiet">λ₂ = {second.toFixed(3).replace("-", "−")}</span>
        )}
      </div>
      <div class="stack portrait">
        <Plot draw={portrait} />
      </div>
      <div class="orbit-tools">
        <Choice
          label="Shown"
          value={view.shown}
          options={SHOWN}
          onPick={(shown) => dynamics.change({ shown })}
        />
        <Choice
          label="Across"
          value={view.feature}
          options={options}
          onPick={(feature) => dynamics.change({ feature })}
        />
        <Choice
          label="Up"
          value={view.across}
          options={options}
          onPick={(across) => dynamics.change({ across })}
        />
        <label class="choice">
          <span class="choice-label">Trail</span>
          <input
            type="range"
            min={50}
            max={4000}
            step={50}
            value={view.trail}
            aria-valuetext={`${view.trail} steps`}
            onInput={(event) => dynamics.change({ trail: Number(event.currentTarget.value) }, "drift")}
          />
        </label>
        <Clock />
      </div>
    </section>
  );
}
