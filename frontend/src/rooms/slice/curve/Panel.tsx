/** The curve of the chosen line beside the picture; live with the scrubber, the pointer and the hand. */
import { edgeOf, endName } from "../../../field/line";
import { Icon } from "../../../kit/icons";
import { CURVE_ROOM, Curve } from "../../../plot/Curve";
import { curve, curvePending, curveProblem } from "../state/curves";
import { line, spot } from "../state/line";
import { sliceView } from "../state/view";
import { Edges } from "./Edges";
import { Legend } from "./Legend";
import { moments } from "./moments";
import { Spot } from "./Spot";
import { Words } from "./Words";
import { contextOf, numbersOf, sentenceOf, spotText } from "./words";
import "./curve.css";

const NONE = [] as const;

export function Panel({ width, height }: { width: number; height: number }) {
  const now = curve.value;
  const along = now?.along ?? null;
  const chosen = line.value;
  const { allCurves } = sliceView.value;
  const problem = curveProblem.value;
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const room = {
    left: CURVE_ROOM.left * scale,
    right: CURVE_ROOM.right * scale,
    top: CURVE_ROOM.top,
    bottom: CURVE_ROOM.bottom * scale,
  };
  const ratio = (width - room.left - room.right) / 1.04;
  const edge = room.left + 0.02 * ratio;
  const middle = edgeOf(chosen) ? "α = 0.5" : "0.5";
  return (
    <figure
      class={`panel curve${now?.stale && curvePending.value ? " stale" : ""}`}
      aria-busy={curvePending.value}
    >
      <figcaption class="panel-head">
        <span class="unseen">Along a line</span>
        <Edges />
        <button
          type="button"
          class="icon bare tight"
          aria-label="All checkpoints"
          aria-pressed={allCurves}
          title="All checkpoints, one over the other (A)"
          onClick={() => sliceView.change({ allCurves: !allCurves })}
        >
          <Icon name="many" />
        </button>
        <button
          type="button"
          class="icon bare tight"
          aria-label="Enlarge the curve"
          title="Larger: over training, by layer, and inside (V)"
          onClick={() => sliceView.change({ enlarged: "training" })}
        >
          <Icon name="large" />
        </button>
      </figcaption>
      {problem ? (
        <div class="curve-problem" role="status">
          <p class="bad">
            {problem.title}: {problem.detail}
          </p>
          {problem.next && <p class="quiet">{problem.next}</p>}
        </div>
      ) : (
        <div class="curve-chart">
          <Curve
            along={along}
            others={allCurves ? moments.value : NONE}
            ends={[endName(chosen, 0), middle, endName(chosen, 1)]}
            label={sentenceOf(chosen, along)}
            width={width}
            height={height}
          />
          <Spot along={along} room={room} height={height} />
          {spot.value && along && <p class="spot-text">{spotText(along, spot.value.share)}</p>}
        </div>
      )}
      {along && along.names.length > 0 && !problem && <Words along={along} left={edge} right={edge} />}
      <p class="key-note quiet curve-note">
        {along && !problem && <span>{[numbersOf(along), contextOf(along)].filter(Boolean).join(" · ")}</span>}
        {allCurves && <Legend />}
      </p>
    </figure>
  );
}
