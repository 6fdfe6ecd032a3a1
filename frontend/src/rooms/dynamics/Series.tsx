/** Below: the chosen series over time, its spectrum with the peaks named, and its autocorrelation. */

import { subscript } from "./Diagram";
import { type Axes, aired, extent, frame } from "./draw/axes";
import { inks } from "./draw/ink";
import { drawBoth, drawCorrelation, drawSpectrum, drawTrace, powerRange } from "./draw/plots";
import { dynamics } from "./link";
import { correlation, finite, LAGS, named, series, spectrum, trace } from "./live";
import { Plot } from "./Plot";

/** Steps of the trace that are drawn: the last ones. */
const WINDOW = 200;

const place = (width: number, height: number): Axes["box"] => ({
  left: 46,
  top: 20,
  width: width - 62,
  height: height - 54,
});

function drawTime(context: CanvasRenderingContext2D, width: number, height: number): void {
  const values = trace.value.slice(-WINDOW);
  const ink = inks();
  const { units, feature } = dynamics.value;
  const sampled = finite.value ? series(finite.value, feature).slice(-WINDOW) : null;
  const [low, high] = extent([...values, ...(sampled ?? [])]);
  const axes: Axes = { box: place(width, height), across: [0, WINDOW - 1], up: aired([low, high], 0.1) };
  if (sampled) drawBoth(context, axes, values, sampled, units, ink);
  else drawTrace(context, axes, values, ink);
  const letter = dynamics.value.shown === "output" ? "m" : "A";
  frame(context, axes, ink, {
    x: "tokens",
    y: `${letter}${subscript(dynamics.value.feature)}, last ${WINDOW} tokens`,
  });
}

function drawPower(context: CanvasRenderingContext2D, width: number, height: number): void {
  const ink = inks();
  const axes: Axes = { box: place(width, height), across: [0, 0.5], up: powerRange(spectrum.value) };
  drawSpectrum(context, axes, spectrum.value, named.value, dynamics.value.context, ink);
  frame(context, axes, ink, { x: "cycles for each token", y: "power, log₁₀; dotted: multiples of 1/L" });
}

function drawLags(context: CanvasRenderingContext2D, width: number, height: number): void {
  const ink = inks();
  const axes: Axes = { box: place(width, height), across: [-1, LAGS + 1], up: [-1.1, 1.1] };
  drawCorrelation(context, axes, correlation.value, dynamics.value.context, ink);
  frame(context, axes, ink, { x: "lag, tokens", y: "autocorrelation; bright: multiples of L" });
}

export function Series() {
  return (
    <section class="series" aria-label="The series, its spectrum and its autocorrelation">
      <div class="stack">
        <Plot draw={drawTime} />
      </div>
      <div class="stack">
        <Plot draw={drawPower} />
      </div>
      <div class="stack">
        <Plot draw={drawLags} />
      </div>
      <p class="unseen">
        Strongest frequencies, in cycles for each token:{" "}
        {named.value.map((peak) => peak.frequency.toFixed(4)).join(", ") || "none"}.
      </p>
    </section>
  );
}
