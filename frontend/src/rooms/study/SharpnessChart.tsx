/** A study: medians with quartiles over training or size, one line for each model. A click picks a point. */
import { useMemo } from "preact/hooks";
import { CONTROLS } from "../../field/controls";
import { compact, plural } from "../../kit/numbers";
import { Chart } from "../../plot/Chart";
import { axis, baseLayout, faint, type Ink, inkOf, type Plain, SYMBOLS, seriesColour } from "../../plot/look";
import { theme } from "../../shell/theme";
import { type Cell, logScale, measured, over } from "./cells";
import type { Measure, Over } from "./study";

interface Props {
  readonly cells: readonly Cell[];
  /** All models of the study, in its order: colours and symbols stay when one is hidden. */
  readonly models: readonly string[];
  readonly hidden: ReadonlySet<string>;
  readonly axis: Over;
  /** Values that the axis has to hold beside those of the cells. */
  readonly extent: readonly number[];
  readonly measure: Measure;
  readonly top: number;
  readonly current: Cell | null;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly onPick: (cell: Cell) => void;
}

const WORDS: Readonly<Record<Over, string>> = {
  tokens: "training tokens",
  steps: "training steps",
  parameters: "parameters",
};

/** Of what is behind the lines and cannot be picked. */
const BEHIND = { type: "scatter", hoverinfo: "skip" } as const;

const MEASURED: Readonly<Record<Measure, string>> = {
  sharpness: "sharpness (1: a straight line)",
  width: "width, in α",
};

/** Between the bars of two models at one place, in widths of the chart. */
const ASIDE = 0.006;

export function SharpnessChart(props: Props) {
  const { cells, models, hidden, measure, top, current, width, height, label, onPick } = props;
  const scheme = theme.value;
  const { data, layout, lines, behind } = useMemo(() => {
    const ink = inkOf();
    const scale = logScale([...props.extent, ...cells.map((cell) => over(cell, props.axis))], compact);
    const seen = cells.filter((cell) => !hidden.has(cell.model));
    const lines = linesOf(seen, models, props.axis).filter((line) => !hidden.has(line.name));
    const sizes = props.axis === "parameters";
    const aside = sizes ? 0 : ASIDE;
    const place = (cell: Cell, n?: number): number =>
      scale.place(over(cell, props.axis)) + (n === undefined ? 0 : aside * (n - (lines.length - 1) / 2));
    const data = lines.map((line, n) => {
      // Over parameters a line is a checkpoint: the later, the stronger, and bars on the first and the last alone.
      const ends = n === 0 || n === lines.length - 1;
      const colour = line.place < 0 ? ink.quiet : seriesColour(line.place);
      const rows = line.cells.map((cell) => measured(cell, measure));
      const median = rows.map((row) => row[1]);
      return {
        type: "scatter",
        mode: "lines+markers",
        name: line.name,
        x: line.cells.map((cell) => place(cell, n)),
        y: median,
        opacity: sizes ? 0.25 + (0.75 * (n + 1)) / lines.length : 1,
        error_y: {
          visible: !sizes || ends,
          type: "data",
          symmetric: false,
          array: rows.map((row) => row[2] - row[1]),
          arrayminus: rows.map((row) => row[1] - row[0]),
          color: colour,
          thickness: 1.2 * ink.scale,
          width: 2.5,
        },
        line: { color: colour, width: 2 * ink.scale },
        marker: {
          opacity: 1,
          color: colour,
          symbol: line.cells.map(
            (cell) => SYMBOLS[Math.max(0, models.indexOf(cell.model)) % SYMBOLS.length] ?? "circle",
          ),
          size: line.cells.map((cell) => (cell === current ? 13 : 8) * ink.scale),
          line: { color: ink.ink, width: line.cells.map((cell) => (cell === current ? 2 : 0)) },
        },
        connectgaps: true,
        text: line.cells.map((cell) => hover(cell)),
        hovertemplate: "%{text}<extra></extra>",
      };
    });
    const behind =
      measure === "sharpness" ? [...bands(seen, place, ink), ...sureBars(lines, place, ink)] : [];
    return {
      lines,
      behind: behind.length,
      data: [...behind, ...data],
      layout: {
        ...baseLayout(ink, width, height),
        margin: { l: 52 * ink.scale, r: (sizes ? 72 : 12) * ink.scale, t: 10, b: 42 * ink.scale, pad: 0 },
        annotations: sizes ? named(lines, measure) : [],
        hovermode: "closest",
        hoverlabel: {
          bgcolor: ink.surface,
          bordercolor: ink.line,
          font: { color: ink.ink, size: ink.size },
          align: "left",
        },
        xaxis: axis(ink, {
          range: [-0.03, 1.03],
          tickvals: scale.ticks.map((tick) => tick.at),
          ticktext: scale.ticks.map((tick) => tick.text),
          title: { text: WORDS[props.axis], standoff: 4, font: { size: ink.size } },
        }),
        yaxis: axis(ink, {
          range: [0, top],
          nticks: 6,
          showgrid: true,
          gridcolor: ink.line,
          showline: false,
          ticks: "",
          title: { text: MEASURED[measure], standoff: 4, font: { size: ink.size } },
        }),
      },
    };
  }, [cells, models, hidden, props.axis, props.extent, measure, top, current, width, height, scheme]);
  return (
    <Chart
      class="study-chart"
      label={label}
      data={data}
      layout={layout}
      onPick={(point, trace) => {
        const cell = lines[trace - behind]?.cells[point];
        if (cell) onPick(cell);
      }}
    />
  );
}

interface Line {
  readonly name: string;
  /** Place of its model, for the colour; −1 where a line joins several models. */
  readonly place: number;
  readonly cells: readonly Cell[];
}

/** A line for each model over training; over parameters, one for each checkpoint that several models share. */
function linesOf(cells: readonly Cell[], models: readonly string[], along: Over): Line[] {
  if (along !== "parameters") {
    return models.map((name, place) => ({
      name,
      place,
      cells: cells.filter((cell) => cell.model === name).sort((a, b) => over(a, along) - over(b, along)),
    }));
  }
  const ordered = [...cells].sort((a, b) => a.parameters - b.parameters);
  const trained = [...cells].sort((a, b) => a.step - b.step);
  return [...new Set(trained.map((cell) => cell.revision))].map((name) => ({
    name,
    place: -1,
    cells: ordered.filter((cell) => cell.revision === name),
  }));
}

type Place = (cell: Cell, line?: number) => number;

/** The medians' 95 % intervals, thick within the quartiles' bars and behind the symbols. */
function sureBars(lines: readonly Line[], place: Place, ink: Ink): { [name: string]: Plain }[] {
  return lines.map((line, n) => ({
    ...BEHIND,
    mode: "lines",
    x: line.cells.flatMap((cell) => [place(cell, n), place(cell, n), null]),
    y: line.cells.flatMap((cell) => [...cell.interval, null]),
    line: { color: line.place < 0 ? ink.quiet : seriesColour(line.place), width: 3.5 * ink.scale },
  }));
}

/** The controls: a grey band each, from the lowest to the highest median of the models at one place. */
function bands(seen: readonly Cell[], place: Place, ink: Ink): { [name: string]: Plain }[] {
  const at = new Map<number, Cell[]>();
  for (const cell of seen) at.set(place(cell), [...(at.get(place(cell)) ?? []), cell]);
  const x = [...at.keys()].sort((a, b) => a - b);
  return Object.entries(CONTROLS).flatMap(([name, { dash }]) => {
    const rows = x.map((key) => (at.get(key) ?? []).map((cell) => cell.controls[name] ?? Number.NaN));
    const low = rows.map((row) => Math.min(...row));
    const high = rows.map((row) => Math.max(...row));
    const middle = low.map((value, i) => (value + (high[i] ?? value)) / 2);
    const edge = { ...BEHIND, mode: "lines", x, line: { width: 0 } };
    return [
      { ...edge, y: high },
      { ...edge, y: low, fill: "tonexty", fillcolor: faint(ink.quiet) },
      { ...edge, y: middle, line: { color: ink.quiet, width: ink.scale, dash } },
    ];
  });
}

/** The names of the first and the last checkpoint, at the right end of their lines. */
function named(lines: readonly Line[], measure: Measure): Plain[] {
  const ends = [...new Set([lines[0], lines.at(-1)])].filter((line) => line !== undefined);
  return ends.flatMap((line) => {
    const last = line.cells.at(-1);
    if (!last) return [];
    return [
      {
        x: 1.03,
        y: measured(last, measure)[1],
        text: line.name,
        xanchor: "left",
        yanchor: "middle",
        showarrow: false,
      },
    ];
  });
}

/** The interval and the controls, for the box at a point. */
function beside({ interval: [low, high], controls }: Cell): string {
  if (!Number.isFinite(low)) return "";
  const rows = Object.entries(CONTROLS).filter(([name]) => Number.isFinite(controls[name]));
  const told = rows.map(([key, { name }]) => `<br>${name} ${controls[key]?.toFixed(2)}`);
  return `<br>95 % interval ${low.toFixed(2)} – ${high.toFixed(2)}${told.join("")}`;
}

function hover(cell: Cell): string {
  const [low, median, high] = cell.sharpness.map((value) => value.toFixed(2));
  const out = cell.leftOut > 0 ? `<br>${plural(cell.leftOut, "pair")} left out` : "";
  return (
    `<b>${cell.model}</b> ${cell.revision}, layer ${cell.layer}<br>` +
    `sharpness ${median} (${low} – ${high})${beside(cell)}<br>width ${cell.width[1].toFixed(2)} α, ${plural(cell.pairs, "pair")}${out}`
  );
}
