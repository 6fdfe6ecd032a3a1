/** How near outputs must be to one another: a slider over the steps between neighbours, and above it how many regions each gives. */
import { useMemo } from "preact/hooks";
import { countAt, type Ladder, ladder, reach } from "../../../field/linkage";
import { byName, threshold } from "../state/divided";
import { sliceView } from "../state/view";
import { numberText } from "./words";

/** Stops of the slider; they are even by ratio. */
const STOPS = 120;
const [WIDE, HIGH] = [240, 22];
/** More regions than these are drawn as so many. */
const MOST = 24;

export function Threshold() {
  const found = byName.answer.value?.value;
  const rungs = useMemo(() => (found ? ladder(found.steps) : []), [found]);
  const ends = useMemo(() => (found ? reach(found.steps) : ([0.01, 1] as const)), [found]);
  const within = threshold.value;
  if (!found || within === null) return null;
  const [low, high] = ends;
  const at = (value: number): number => Math.log(value / low) / Math.log(high / low);
  const valueAt = (stop: number): number => Number((low * (high / low) ** (stop / STOPS)).toPrecision(4));
  const place = Math.min(1, Math.max(0, at(within)));
  const count = countAt(rungs, Math.fround(within));
  return (
    <div class="threshold">
      <svg
        class="threshold-ladder"
        viewBox={`0 0 ${WIDE} ${HIGH}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={stairs(rungs, at)} />
        <line x1={place * WIDE} x2={place * WIDE} y1={0} y2={HIGH} />
      </svg>
      <input
        type="range"
        min={0}
        max={STOPS}
        step={1}
        value={Math.round(place * STOPS)}
        aria-label="Largest step within a region"
        aria-valuetext={`${numberText(within)}: ${count} regions`}
        onInput={(event) =>
          sliceView.change({ threshold: valueAt(Number(event.currentTarget.value)) }, "drift")
        }
      />
      <p class="threshold-note">
        <span>
          neighbours within <b>{numberText(within)}</b>: {count} {count === 1 ? "region" : "regions"}
        </span>
        {sliceView.value.threshold !== null && (
          <button type="button" class="chip" onClick={() => sliceView.change({ threshold: null })}>
            suggest
          </button>
        )}
      </p>
    </div>
  );
}

/** The number of regions over the threshold, as stairs. */
function stairs(rungs: Ladder, at: (value: number) => number): string {
  const most = Math.max(2, ...rungs.map(([, count]) => Math.min(MOST, count)));
  const y = (count: number): number => HIGH - 1 - (Math.min(MOST, count) / most) * (HIGH - 3);
  const x = (value: number): number => Math.min(1, Math.max(0, value > 0 ? at(value) : 0)) * WIDE;
  const steps = rungs.map(([from, count]) => `H${x(from).toFixed(1)}V${y(count).toFixed(1)}`);
  return `M0,${y(rungs[0]?.[1] ?? 0).toFixed(1)}${steps.join("")}H${WIDE}`;
}
