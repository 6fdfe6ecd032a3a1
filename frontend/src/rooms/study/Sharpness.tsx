/** The study: its price or progress, what it shows in words, the chart with a panel for each layer, the same as a table. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { catalogue } from "../../api/catalogue";
import { CONTROLS } from "../../field/controls";
import { plural } from "../../kit/numbers";
import { distanceText } from "../../subject/distances";
import { cardOf } from "../../subject/view";
import { ask, axis, cells, current, sharpness, study } from "./asking";
import { CellPanel } from "./CellPanel";
import { CellTable } from "./CellTable";
import { type Cell, finding, measured } from "./cells";
import { OneOf } from "./fields";
import { Legend } from "./Legend";
import { Price } from "./Price";
import { SharpnessChart } from "./SharpnessChart";
import { MEASURES, OVERS, planned } from "./study";
import { useSize } from "./useSize";

const AXIS = { tokens: "tokens", steps: "steps", parameters: "parameters" } as const;
/** What stands in the chart's place while it has no point. */
const NONE = "Nothing of this is computed yet. Points appear here as cells are finished.";
const NOTHING: Readonly<Record<string, string>> = {
  priced: NONE,
  cancelled: NONE,
  offline: NONE,
  running: "The first cell is on its way.",
};
/** Room for the line under the charts, CSS pixels. */
const HINT = 28;
const WHAT = { sharpness: "sharpness", width: "width" } as const;

export function Sharpness() {
  const now = study.value;
  const table = useSignal(false);
  const every = cells.value;
  const hidden = useMemo(() => new Set(now?.hidden), [now?.hidden]);
  const words = useMemo(() => finding(every), [every]);
  if (!now) return null;
  const controlled = Object.keys(CONTROLS).filter((name) => every.some((cell) => name in cell.controls));
  const gaps = [...sharpness.gaps.value.values()];
  return (
    <div class={`study-split${current.value ? " open" : ""}`}>
      <div class="study-centre">
        <Price asked={sharpness} count={every.length} empty="Paste a text: prompts are cut from it." />
        <header class="study-head">
          <div>
            <h2>
              {now.measure === "sharpness" ? "How sharp borders are" : "How wide borders are"}
              <span class="quiet">
                {distanceText(now.distance)} · {plural(now.pairs, "pair")} · {now.steps} steps · medians with
                95 % intervals, bars are quartiles
              </span>
            </h2>
            {words && sharpness.status.value === "done" && <p class="study-finding">{words}</p>}
          </div>
          <div class="study-tools">
            <OneOf
              label="What is shown"
              options={MEASURES.map((value) => ({ value, text: WHAT[value] }))}
              chosen={now.measure}
              onChange={(measure) => ask({ measure }, "drift")}
            />
            <OneOf
              label="Over"
              options={OVERS.map((value) => ({ value, text: AXIS[value], title: `Over ${AXIS[value]}` }))}
              chosen={axis.value}
              onChange={(over) => ask({ over }, "drift")}
            />
            <button type="button" aria-pressed={table.value} onClick={() => (table.value = !table.value)}>
              Table
            </button>
          </div>
        </header>
        <Legend
          models={now.models}
          hidden={hidden}
          controls={now.measure === "sharpness" ? controlled : []}
          onFlip={(model) => {
            const left = now.hidden.filter((name) => name !== model);
            ask({ hidden: hidden.has(model) ? left : [...left, model] }, "drift");
          }}
        />
        {every.length === 0 ? (
          NOTHING[sharpness.status.value] && (
            <p class="study-nothing quiet">{NOTHING[sharpness.status.value]}</p>
          )
        ) : table.value ? (
          <CellTable cells={every} measure={now.measure} />
        ) : (
          <Charts hidden={hidden} />
        )}
        {gaps.length > 0 && (
          <details class="study-gaps">
            <summary>{plural(gaps.length, "checkpoint")} could not be had</summary>
            <ul>
              {gaps.map((gap, i) => (
                <li key={i}>{gap.problem.detail}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {current.value && <CellPanel cell={current.value} />}
    </div>
  );
}

/** One chart for each layer, all with the same scale. Arrow keys walk through the points, Enter looks into one. */
function Charts({ hidden }: { hidden: ReadonlySet<string> }) {
  const [own, size] = useSize<HTMLDivElement>();
  const cursor = useSignal<Cell | null>(null);
  const now = study.value;
  const every = cells.value;
  const measure = now?.measure ?? "sharpness";
  const layers = useMemo(() => [...new Set(every.map((cell) => cell.layer))].sort((a, b) => a - b), [every]);
  const all = catalogue.value;
  const extent = useMemo(() => (now && all ? planned(now, all, axis.value) : []), [now, all, axis.value]);
  const seen = useMemo(() => every.filter((cell) => !hidden.has(cell.model)), [every, hidden]);
  if (!now) return null;
  const beside = measure === "sharpness" ? seen.flatMap((cell) => Object.values(cell.controls)) : [];
  const shownValues = [...seen.map((cell) => measured(cell, measure)[2]), ...beside];
  const top = Math.max(1, ...shownValues.filter(Number.isFinite)) * 1.08;
  const panels = layers.length > 0 ? layers : [...now.layers];
  const columns = panels.length > 1 && size.width > 900 ? 2 : 1;
  const rows = Math.ceil(panels.length / columns);
  const height = Math.max(
    panels.length > 1 ? 210 : 260,
    Math.floor((size.height - HINT) / rows) - (panels.length > 1 ? 28 : 4),
  );
  const open = (cell: Cell): void => ask({ cell: [cell.model, cell.revision, cell.layer], pair: null });
  return (
    <div
      ref={own}
      class="study-charts"
      style={{ "--columns": columns }}
      role="group"
      aria-label="Chart. Arrow keys walk through its points, Enter looks into one."
      tabIndex={seen.length > 0 ? 0 : -1}
      onKeyDown={(event) => {
        const next = walked(seen, now.models, cursor.peek() ?? current.peek(), event.key);
        if (next) cursor.value = next;
        else if (event.key === "Enter" && cursor.peek()) open(cursor.peek() as Cell);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={() => {
        cursor.value = null;
      }}
    >
      {size.width > 0 &&
        panels.map((layer) => {
          const shown = every.filter((cell) => cell.layer === layer);
          return (
            <figure key={layer}>
              {panels.length > 1 && <figcaption class="heading">after block {layer}</figcaption>}
              <SharpnessChart
                cells={shown}
                models={now.models}
                hidden={hidden}
                axis={axis.value}
                extent={extent}
                measure={measure}
                top={top}
                current={
                  shown.includes(cursor.value ?? (current.value as Cell))
                    ? (cursor.value ?? current.value)
                    : null
                }
                width={Math.floor(size.width / columns) - (columns > 1 ? 8 : 0)}
                height={height}
                label={`${measure} over ${axis.value} at layer ${layer}: ${shown.length} points; the table lists them`}
                onPick={open}
              />
            </figure>
          );
        })}
      <p class={`study-cursor${cursor.value ? "" : " quiet"}`} role="status">
        {cursor.value
          ? said(cursor.value)
          : "Click a point, or walk there with the arrow keys and press Enter, to look into it."}
      </p>
    </div>
  );
}

/** The point that a key leads to: left and right along a model and layer, up and down to the next. */
function walked(
  seen: readonly Cell[],
  models: readonly string[],
  from: Cell | null,
  key: string,
): Cell | null {
  const [along, across] =
    { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [];
  if (along === undefined || across === undefined || seen.length === 0) return null;
  if (!from || !seen.includes(from)) return seen.at(-1) ?? null;
  const lines = [...new Set(seen.map((cell) => `${cell.layer} ${models.indexOf(cell.model)}`))].sort();
  const line = (name: string | undefined): Cell[] =>
    seen
      .filter((cell) => `${cell.layer} ${models.indexOf(cell.model)}` === name)
      .sort((a, b) => a.step - b.step);
  const name = `${from.layer} ${models.indexOf(from.model)}`;
  if (along !== 0) {
    const own = line(name);
    return own[Math.min(own.length - 1, Math.max(0, own.indexOf(from) + along))] ?? null;
  }
  const other = line(lines[(lines.indexOf(name) + (across ?? 0) + lines.length) % lines.length]);
  return other.find((cell) => cell.step >= from.step) ?? other.at(-1) ?? null;
}

const sure = ({ interval: [low, high] }: Cell): string =>
  Number.isFinite(low) ? `95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}, ` : "";

function said(cell: Cell): string {
  const [low, median, high] = cell.sharpness.map((value) => value.toFixed(2));
  const card = catalogue.value ? cardOf(catalogue.value, cell.model) : undefined;
  return `${cell.model}${card ? ` (${card.layers} blocks)` : ""}, ${cell.revision}, layer ${cell.layer}: sharpness ${median}, ${sure(cell)}quartiles ${low} and ${high}; width ${cell.width[1].toFixed(2)}; ${plural(cell.pairs, "pair")}. Enter looks into it.`;
}
