/** Beside the diagram: the phase portrait of the orbit under the hair-line, and what it is. */

import { useComputed } from "@preact/signals";
import { Choice } from "../../kit/Choice";
import { whole } from "../../kit/numbers";
import { subscript } from "./Diagram";
import { type Axes, aired, extent, frame } from "./draw/axes";
import { inks, ofPosition } from "./draw/ink";
import { drawAttends, drawPortrait, drawShadow } from "./draw/plots";
import { rest } from "./glide";
import { dynamics, type Shown, UNITS } from "./link";
import { finite, firstPosition, orbit, series } from "./live";
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
  const shownOrbit = finite.value ?? found;
  const [x, y] = [series(shownOrbit, view.feature), series(shownOrbit, view.across)];
  const drop = Math.max(0, x.length - view.trail);
  const points = {
    x: x.subarray(drop),
    y: y.subarray(drop),
    position: (firstPosition.value + drop) % view.context,
    context: view.context,
    period: !finite.value && found.regime === "periodic" ? found.period : 0,
  };
  const axes: Axes = {
    box: { left: 48, top: 20, width: width - 58, height: height - 58 },
    across: aired(extent(x), 0.08),
    up: aired(extent(y), 0.08),
  };
  drawPortrait(context, axes, points, ink);
  if (finite.value) drawShadow(context, axes, series(found, view.feature), series(found, view.across), ink);
  const letter = view.shown === "output" ? "m" : "A";
  frame(context, axes, ink, {
    x: `${letter}${subscript(view.feature)}`,
    y: `${letter}${subscript(view.across)}`,
  });
}

/** What tokens attend to, by lag. */
function attention(context: CanvasRenderingContext2D, width: number, height: number): void {
  const { attends } = orbit.value;
  const ink = inks();
  const axes: Axes = {
    box: { left: 48, top: 18, width: width - 58, height: height - 50 },
    across: [-0.5, attends.length - 0.5],
    up: [0, Math.max(0.5, ...attends)],
  };
  drawAttends(context, axes, attends, ink);
  frame(context, axes, ink, { x: "lag, tokens", y: "attention by lag, mean" });
}

const unitsText = (units: number): string => (units === 0 ? "∞, mean field" : whole(units));

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
        {finite.value && (
          <span class="quiet" title="By the binomial law their mean is 0 and their deviation 1">
            one-step z: {finite.value.z.mean.toFixed(2).replace("-", "−")} ±{" "}
            {finite.value.z.deviation.toFixed(2)}
          </span>
        )}
      </div>
      <div class="stack portrait">
        <Plot draw={portrait} />
      </div>
      <div class="stack attends">
        <Plot draw={attention} />
      </div>
      <div class="orbit-tools">
        <Choice
          label="Units N"
          value={view.units}
          title="A network of so many units, sampled exactly, over the mean field"
          options={UNITS.map((value) => ({ value, text: unitsText(value) }))}
          onPick={(units) => dynamics.change({ units })}
        />
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
