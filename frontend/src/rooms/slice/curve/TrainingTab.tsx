/** All checkpoints, one over the other, and what their shapes say over training. */
import { useEffect, useMemo } from "preact/hooks";
import { curvesCsv } from "../../../export/curves";
import { endName, lineName } from "../../../field/line";
import { whole } from "../../../kit/numbers";
import { Large } from "../../../plot/Large";
import { inkOf } from "../../../plot/look";
import { numbersOverTraining, overTraining } from "../../../plot/overTraining";
import { theme, token } from "../../../shell/theme";
import { distanceText } from "../../../subject/distances";
import { frameNames } from "../../../subject/question";
import { view } from "../../../subject/state";
import { position, spaced, steps } from "../../../subject/time/steps";
import { curve, curvePending, curveProblem } from "../state/curves";
import { line, lineRequestOf } from "../state/line";
import { place, show } from "../state/play";
import { Chartlike } from "./Chartlike";
import { Legend } from "./Legend";
import { moments } from "./moments";
import { savable } from "./savable";
import { useRoom } from "./size";
import { Table } from "./Table";
import { contextOf, numbersOf, sentenceOf } from "./words";

/** Share of the width that the small charts take. */
const ASIDE = 0.28;
/** Below this width they stand under the large one, CSS pixels. */
const NARROW = 720;

export function TrainingTab() {
  const { element, width, height } = useRoom();
  const all = moments.value;
  const now = curve.value;
  const along = now && !now.stale ? now.along : null;
  const chosen = line.value;
  const { distance, revision, model, layer } = view.value;
  const axis = steps.value;
  const here = position(axis, place.value);
  const scheme = theme.value;
  const narrow = width < NARROW;
  const main = narrow ? width : Math.floor(width * (1 - ASIDE));
  const aside = narrow ? width : width - main;

  const figure = useMemo(() => {
    const words = {
      ends: [endName(chosen, 0), endName(chosen, 1)] as const,
      distance: distanceText(distance),
      soft: token("accent-soft"),
    };
    return overTraining({ ink: inkOf(), width: main, height }, along, all, words);
  }, [all, along, chosen, distance, main, height, scheme]);

  const numbers = useMemo(() => {
    const places = axis.values.map((_, i) => position(axis, i));
    const ticks = [...spaced(places, 0.2, [places.length - 1, 0])].map((i) => ({
      x: places[i] ?? 0,
      text: axis.unit === "checkpoints" ? (frameNames.peek()[i] ?? "") : whole(axis.values[i] ?? 0),
    }));
    return numbersOverTraining({ ink: inkOf(), width: aside, height }, all, here, ticks, axis.unit);
  }, [all, axis, here, aside, height, scheme]);

  useEffect(() => {
    const rows = all.map((one) => ({
      along: one.along,
      labels: { revision: one.revision, step: axis.values[frameNames.peek().indexOf(one.revision)] ?? "" },
    }));
    savable.value = {
      name: `${model.replaceAll("/", "_")}-layer${layer}-${distance}-${endName(chosen, 0)}${endName(chosen, 1)}-training`,
      csv: () => curvesCsv(rows),
      request: () => ({
        analysis: "sweep",
        request: lineRequestOf(view.peek(), chosen),
        revisions: [...frameNames.peek()],
        write_layers: [],
      }),
    };
  }, [all, axis, chosen, model, layer, distance]);

  const problem = curveProblem.value;
  return (
    <div ref={element} class="tab" aria-busy={curvePending.value}>
      {problem && (
        <p class="bad" role="status">
          {problem.title}: {problem.detail} {problem.next}
        </p>
      )}
      {width > 0 && (
        <div class={`tab-charts${narrow ? " narrow" : ""}`}>
          <Chartlike
            figure={figure}
            label={sentenceOf(chosen, along)}
            along={along}
            width={main}
            height={height}
          />
          <Large
            figure={numbers}
            label={`Sharpness, width, position and end distance along ${lineName(chosen).replace("→", "to")} at ${all.length} checkpoints; the numbers are in the table below.`}
            onPick={(point) => {
              const picked = all[point]?.revision;
              if (picked !== undefined) show(frameNames.peek().indexOf(picked));
            }}
          />
        </div>
      )}
      <p class="tab-note">
        <strong>{revision}</strong>
        {along ? (
          <span>{[numbersOf(along), contextOf(along), along.why ?? ""].filter(Boolean).join(" · ")}</span>
        ) : (
          <span class="quiet">on its way</span>
        )}
        <Legend />
      </p>
      <Table
        caption="Numbers at every checkpoint"
        head="Checkpoint"
        rows={all.map((one) => ({
          name: one.revision,
          along: one.along,
          here: one.revision === revision,
          pick: () => show(frameNames.peek().indexOf(one.revision)),
        }))}
      />
    </div>
  );
}
