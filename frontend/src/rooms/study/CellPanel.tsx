/** Into one point of the study: how its pairs are distributed, each pair, its curve, and the way to its slice. */
import { useEffect, useMemo } from "preact/hooks";
import { type Control, controlsOf, controlsSentence } from "../../field/controls";
import { WHOLE } from "../../field/view";
import { Icon } from "../../kit/icons";
import { plural, whole } from "../../kit/numbers";
import { Bars } from "../../plot/Bars";
import { Path } from "../../plot/Path";
import { hashTo } from "../../shell/address";
import { distanceText } from "../../subject/distances";
import { view } from "../../subject/state";
import { ask, cellRequest, looking, sharpness, study } from "./asking";
import { type Cell, numbersOf } from "./cells";
import { useSize } from "./useSize";

const pairsAsked = looking();
const curveAsked = looking();

export function CellPanel({ cell }: { cell: Cell }) {
  const [own, size] = useSize<HTMLDivElement>();
  const now = study.value;
  const here = sharpness.parts.value.get(JSON.stringify(cell.request))?.value ?? null;
  useEffect(() => {
    pairsAsked.look(here ? null : cellRequest(cell));
  }, [cell.key]);
  const [file, problem] = [here ?? pairsAsked.question.own.value, pairsAsked.question.problem.value];
  const found = useMemo(() => {
    if (!file) return null;
    const values = numbersOf(file, "sharpness");
    const prompts = (file.metadata["prompts"] ?? []) as readonly string[];
    const order = values
      .map((_, i) => i)
      .filter((i) => Number.isFinite(values[i]))
      .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
    return { values, prompts, order, rows: [{ name: "pairs", values, look: 0 }] };
  }, [file]);
  if (!now) return null;
  const middle = found?.order[Math.floor((found?.order.length ?? 0) / 2)];
  const pair = found?.order.includes(now.pair ?? -1) ? (now.pair as number) : middle;
  const high = cell.sharpness[2] + 3 * (cell.sharpness[2] - cell.sharpness[0]) || 1;
  return (
    <aside class="study-cell" aria-label="The chosen point">
      <header>
        <h2>
          {cell.model} · {cell.revision} <span class="quiet">after block {cell.layer}</span>
        </h2>
        <button
          type="button"
          class="icon bare"
          aria-label="Close"
          onClick={() => ask({ cell: null, pair: null })}
        >
          <Icon name="close" />
        </button>
      </header>
      <p class="quiet">
        Median sharpness {cell.sharpness[1].toFixed(2)}
        {Number.isFinite(cell.interval[0])
          ? ` (95 %: ${cell.interval.map((value) => value.toFixed(2)).join(" to ")})`
          : ""}
        , quartiles {cell.sharpness[0].toFixed(2)} and {cell.sharpness[2].toFixed(2)}, over{" "}
        {plural(cell.pairs, "pair")}
        {cell.leftOut > 0 ? `; ${whole(cell.leftOut)} left out, nothing moves along them` : ""}.
      </p>
      <div ref={own} class="study-cell-body">
        {problem && (
          <p class="bad" role="alert">
            {problem.detail} {problem.next}
          </p>
        )}
        {!found && !problem && (
          <p class="quiet" role="status">
            reading its pairs …
          </p>
        )}
        {found && size.width > 0 && (
          <>
            <Bars
              rows={found.rows}
              title={`sharpness, ${distanceText(now.distance)}`}
              high={high}
              mark={pair === undefined ? undefined : found.values[pair]}
              width={size.width}
              height={128}
              label={`How the sharpness of ${plural(cell.pairs, "pair")} is distributed; the line marks the chosen pair`}
            />
            {pair !== undefined && (
              <Pair
                cell={cell}
                pair={pair}
                values={found.values}
                prompts={found.prompts}
                width={size.width}
              />
            )}
            <h3 class="heading">Pairs, sharpest first</h3>
            <ol class="study-pairs">
              {found.order.map((i) => (
                <li key={i}>
                  <button
                    type="button"
                    class="bare"
                    aria-pressed={i === pair}
                    onClick={() => ask({ pair: i }, "drift")}
                  >
                    <span class="number">{found.values[i]?.toFixed(2)}</span>
                    <span class="study-pair-text">
                      <span>{found.prompts[i]}</span>
                      <span>{found.prompts[i + 1]}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </aside>
  );
}

const named = ({ name, sharpness }: Control): string => `${name} ${sharpness.toFixed(2)}`;

interface PairProps {
  readonly cell: Cell;
  readonly pair: number;
  readonly values: readonly number[];
  readonly prompts: readonly string[];
  readonly width: number;
}

/** The curve of one pair, and its slice with a third prompt of the same cell. */
function Pair({ cell, pair, values, prompts, width }: PairProps) {
  const now = study.value;
  const [a, b] = [prompts[pair] ?? "", prompts[pair + 1] ?? ""];
  const c =
    prompts.find((text, i) => i > pair + 1 && text !== a && text !== b) ??
    prompts.find((text) => text !== a && text !== b);
  useEffect(() => {
    if (!now || a === b) return;
    curveAsked.look({
      analysis: "curve",
      model: cell.request.model,
      prompts: [a, b],
      write_layer: cell.layer,
      distance: now.distance,
      steps: now.steps,
      prepend_bos: cell.request.prepend_bos,
      path: "straight",
      flips: false,
      compression: false,
    });
  }, [cell.key, pair, a, b]);
  const [file, problem] = [curveAsked.question.own.value, curveAsked.question.problem.value];
  const controls = useMemo(() => (file ? controlsOf(file) : []), [file]);
  const ways = useMemo(
    () => [
      ...controls.map(({ name, curve, dash }) => ({ name, y: curve, look: 0, dash })),
      { name: "d(α) / d(1)", y: file ? numbersOf(file, "curve") : [], look: 0 },
    ],
    [file, controls],
  );
  const slice =
    c === undefined
      ? null
      : hashTo(
          "slice",
          view.with({
            model: cell.model,
            revision: cell.revision,
            revisions: null,
            layer: cell.layer,
            distance: now?.distance ?? "hellinger",
            prompts: [a, b, c],
            window: WHOLE,
            pin: null,
          }),
        );
  return (
    <section class="study-pair" aria-label="The chosen pair">
      <p class="study-prompts">
        <span class="letter A">A</span> <span>{a}</span>
        <span class="letter B">B</span> <span>{b}</span>
      </p>
      <Path
        ways={ways}
        title="d(α) / d(1)"
        straight
        width={width}
        height={132}
        label={`The curve of this pair: sharpness ${values[pair]?.toFixed(2)}; the finely dotted line is a straight one. ${controlsSentence(controls)}`}
      />
      {problem && (
        <p class="bad" role="alert">
          {problem.detail}
        </p>
      )}
      <p class="study-pair-foot">
        <span class="quiet">
          sharpness {values[pair]?.toFixed(2)}
          {file ? `, width ${numbersOf(file, "width")[0]?.toFixed(2)}` : ""}
          {controls.length > 0 ? `; grey: ${controls.map(named).join(", ")}` : ""}
        </span>
        {slice && (
          <a class="study-slice" href={`#${slice}`} title="A, B and another prompt of this study as a plane">
            See their slice →
          </a>
        )}
      </p>
    </section>
  );
}
