/** Numbers of the room as charts: what Plotly is given, from frames alone. */
import { axis, baseLayout, type Ink, type Plain } from "../../plot/look";
import { token } from "../../shell/theme";
import { type Frame, gapOf, placeText } from "./frame";

export interface Drawn {
  readonly data: Plain;
  readonly layout: Plain;
  readonly label: string;
}

export interface Moment {
  readonly step: number;
  readonly frame: Frame;
}

const colour = (n: number): string => token(`s${n % 6}`);

function shape(
  ink: Ink,
  width: number,
  height: number,
  x: Plain,
  y: Plain,
  more: { [name: string]: Plain } = {},
): Plain {
  return {
    ...baseLayout(ink, width, height),
    margin: { l: 54 * ink.scale, r: 14, t: 8, b: 42 * ink.scale, pad: 0 },
    hovermode: "closest",
    hoverlabel: {
      bgcolor: ink.surface,
      bordercolor: ink.line,
      font: { color: ink.ink, size: ink.size },
      align: "left",
    },
    xaxis: x,
    yaxis: y,
    ...more,
  };
}

/** Steps on a logarithmic axis that has room for step 0: it stands at 0.5. */
const along = (step: number): number => Math.log10(Math.max(0.5, step));

function stepAxis(ink: Ink, moments: readonly Moment[]): Plain {
  const last = moments.at(-1)?.step ?? 1;
  const ticks = [0, 1, 10, 100, 1000, 10_000, 100_000].filter((step) => step <= last);
  return axis(ink, {
    range: [along(0) - 0.1, along(last) + 0.1],
    tickvals: ticks.map(along),
    ticktext: ticks.map((step) => step.toLocaleString("en-US")),
    title: { text: "training step", standoff: 4, font: { size: ink.size } },
  });
}

const grid = (ink: Ink, title: string, more: { [name: string]: Plain } = {}): Plain =>
  axis(ink, {
    showgrid: true,
    gridcolor: ink.line,
    showline: false,
    ticks: "",
    nticks: 6,
    title: { text: title, standoff: 4, font: { size: ink.size } },
    ...more,
  });

function line(
  name: string,
  x: readonly number[],
  y: readonly number[],
  how: { [name: string]: Plain },
): Plain {
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    x: [...x],
    y: [...y],
    hovertemplate: `${name}: %{y:.4f}<extra></extra>`,
    ...how,
  };
}

/** The mean loss after so many tokens, against the least that there is. */
export function lossChart(ink: Ink, frame: Frame, width: number, height: number): Drawn {
  const seen = Array.from(frame.loss, (_, n) => n + 1);
  const gaps = Array.from(frame.loss, (loss, n) => 1000 * (loss - (frame.floor[n] as number)));
  const data: Plain[] = [
    line("least", seen, [...frame.floor], {
      line: { color: ink.quiet, dash: "dash", width: 1.5 * ink.scale },
      marker: { size: 0 },
      mode: "lines",
    }),
    line("model", seen, [...frame.loss], {
      line: { color: ink.accent, width: 2 * ink.scale },
      marker: { size: 6 * ink.scale },
      text: gaps.map((gap) => `${gap.toPrecision(3)} mnat above`),
      hovertemplate: "%{y:.5f} nats, %{text}<extra></extra>",
    }),
  ];
  const most = Math.max(...gaps);
  return {
    data,
    layout: shape(
      ink,
      width,
      height,
      axis(ink, { dtick: 1, title: { text: "tokens seen", standoff: 4, font: { size: ink.size } } }),
      grid(ink, "loss, nats"),
    ),
    label: `Loss by tokens seen; at most ${most.toPrecision(3)} thousandths of a nat above the least there is.`,
  };
}

export const PLACE_SCORES = ["r2", "heldOut", "shuffled"] as const;
export type PlaceScore = (typeof PLACE_SCORES)[number];

/** R² by place over training; dashed lines say what the best function of the last k tokens would score. */
export function placesChart(
  ink: Ink,
  moments: readonly Moment[],
  place: string,
  score: PlaceScore,
  width: number,
  height: number,
): Drawn {
  const first = moments[0]?.frame;
  const places = first?.places ?? [];
  const x = moments.map(({ step }) => along(step));
  const data: Plain[] = places.map((name, n) =>
    line(
      placeText(name),
      x,
      moments.map(({ frame }) => frame[score][frame.places.indexOf(name)] as number),
      {
        line: {
          color: colour(n),
          width: (name === place ? 3 : 1.2) * ink.scale,
          dash: n < 6 ? "solid" : "dot",
        },
        marker: { color: colour(n), size: (name === place ? 6 : 3) * ink.scale },
      },
    ),
  );
  const rungs = score === "r2" ? [...(first?.ladder ?? [])].slice(0, 4) : [];
  const annotations: Plain[] = rungs.map((r2, k) => ({
    x: 0.01,
    xref: "paper",
    xanchor: "left",
    y: r2,
    yanchor: "bottom",
    showarrow: false,
    text: k ? `last ${k + 1}` : "last token",
    font: { size: 9 * ink.scale, color: ink.quiet },
  }));
  const shapes: Plain[] = rungs.map((r2) => ({
    type: "line",
    xref: "paper",
    x0: 0,
    x1: 1,
    y0: r2,
    y1: r2,
    line: { color: ink.quiet, width: 1, dash: "dot" },
  }));
  const values = moments.flatMap(({ frame }) => [...frame[score]]);
  const low = Math.max(-0.2, Math.min(...values, 1) - 0.03);
  return {
    data,
    layout: shape(ink, width, height, stepAxis(ink, moments), grid(ink, "R²", { range: [low, 1.015] }), {
      shapes,
      annotations,
    }),
    label: `R² of ${places.length} places over training${rungs.length ? ", with what the last tokens alone give" : ""}.`,
  };
}

/** R² within histories of the same last k tokens, over training: levels of the fractal as they come. */
export function zoomChart(
  ink: Ink,
  moments: readonly Moment[],
  place: string,
  width: number,
  height: number,
): Drawn {
  const levels = (moments[0]?.frame.zoom.length ?? 0) / (moments[0]?.frame.places.length || 1);
  const x = moments.map(({ step }) => along(step));
  const data: Plain[] = Array.from({ length: levels }, (_, level) =>
    line(
      level ? `level ${level}` : "whole",
      x,
      moments.map(({ frame }) =>
        Math.max(-0.2, frame.zoom[frame.places.indexOf(place) * levels + level] as number),
      ),
      {
        line: { color: colour(level), width: 1.6 * ink.scale },
        marker: { color: colour(level), size: 4 * ink.scale },
      },
    ),
  );
  const shapes: Plain[] = [
    {
      type: "line",
      xref: "paper",
      x0: 0,
      x1: 1,
      y0: 0.9,
      y1: 0.9,
      line: { color: ink.quiet, width: 1, dash: "dot" },
    },
  ];
  return {
    data,
    layout: shape(
      ink,
      width,
      height,
      stepAxis(ink, moments),
      grid(ink, "R² within the last k tokens", { range: [-0.22, 1.03] }),
      { shapes },
    ),
    label: `R² at ${levels} zoom levels of ${placeText(place)} over training; 0.9 counts as reached.`,
  };
}

/** Loss above the bound over training, both axes logarithmic. */
export function gapChart(ink: Ink, moments: readonly Moment[], width: number, height: number): Drawn {
  const gaps = moments.map(({ frame }) => Math.max(1e-6, gapOf(frame)));
  const data: Plain[] = [
    line(
      "above the bound",
      moments.map(({ step }) => along(step)),
      gaps,
      {
        line: { color: ink.accent, width: 2 * ink.scale },
        marker: { size: 5 * ink.scale },
        hovertemplate: "%{y:.4g} mnat<extra></extra>",
      },
    ),
  ];
  return {
    data,
    layout: shape(
      ink,
      width,
      height,
      stepAxis(ink, moments),
      grid(ink, "mnat above the bound", { type: "log", dtick: 1, exponentformat: "power" }),
    ),
    label: `Loss above the exact bound over training, from ${gaps[0]?.toPrecision(3)} to ${gaps.at(-1)?.toPrecision(3)} mnat.`,
  };
}
