/** The line under the pictures: how far from the bound, how much of the fractal is there, and what to hold against it. */
import { checkpoints, frameOfRevision, learning, place, shown, trainedModel, untrained } from "./asking";
import { type Frame, gapOf, levelsReached, r2Text, tooMany } from "./frame";
import { beliefView } from "./link";

const WEIGHTING = {
  uniform: "every word and position alike",
  probability: "as often as met in training",
  prefix: "every history alike",
} as const;

export function Numbers() {
  const [frame, model] = [shown.value, trainedModel.value];
  const film = frameOfRevision(checkpoints.value.at(-1)?.revision);
  if (!model && learning.value === undefined) return null;
  if (!frame) return <p class="belief-numbers quiet">{film ? "…" : "reading the first checkpoint …"}</p>;
  const at = frame.places.indexOf(place.value);
  const { weights, frozen } = beliefView.value;
  const gap = gapOf(frame);
  const levels = levelsReached(frame, place.value);
  const most = frame.zoom.length / frame.places.length;
  const before = learning.value ? undefined : untrained.value;
  const many = tooMany(frame, at);
  return (
    <dl
      class="belief-numbers"
      data-r2={frame.r2[at]}
      data-gap={gap}
      data-levels={levels}
      data-rows={frame.rows}
    >
      <Measured
        value={gap >= 9.95 ? gap.toFixed(0) : gap >= 0.0995 ? gap.toFixed(2) : gap.toFixed(4)}
        unit="mnat"
        text="above the exact bound"
        title={`Mean loss less the least that any predictor can have, over ${frame.length} positions; thousandths of a nat. Exact: every history is weighed by its probability.`}
      />
      <Measured
        value={`${levels}`}
        unit={`of ${most}`}
        text="levels of the fractal"
        title="Zoom level k: R² within the histories that share their last k tokens. A level is reached above 0.9, and counted until the first that is not."
      />
      <Measured
        value={r2Text(frame.r2[at] as number, 4)}
        unit="R²"
        text={`${frozen ? "frozen probe" : "in sample"}, ${weights} weights`}
        title={`${frozen ? "The affine map that was fitted at the last checkpoint, from" : "Affine least squares from"} ${place.value} to the beliefs of ${frame.rows.toLocaleString("en-US")} histories, ${WEIGHTING[weights]}. ${frame.columns[at]} columns.`}
        bad={many}
      />
      <Measured
        value={before ? r2(before, place.value) : "–"}
        unit="R²"
        text="untrained"
        title={
          before
            ? `The same measure on the same network at step 0, histories of up to ${before.length} tokens.`
            : "It is being read, or the model has no checkpoint of step 0."
        }
      />
      <Measured
        value={r2Text(frame.heldOut[at] as number, 3)}
        unit="R²"
        text="held out"
        title="Histories that the probe was not fitted to: ten folds, ridge, every history alike."
      />
      <Measured
        value={r2Text(frame.shuffled[at] as number, 2)}
        unit="R²"
        text="beliefs shuffled"
        title="What so many columns explain of beliefs that are dealt out anew among the histories."
        bad={many}
      />
    </dl>
  );
}

const r2 = (frame: Frame, name: string): string => r2Text(frame.r2[frame.places.indexOf(name)] as number, 3);

function Measured(props: { value: string; unit: string; text: string; title: string; bad?: boolean }) {
  return (
    <div title={props.title}>
      <dd class={props.bad ? "bad" : ""}>
        {props.value} <small>{props.unit}</small>
      </dd>
      <dt>{props.text}</dt>
    </div>
  );
}
