/** The enlarged curve over training: all checkpoints in one chart, and what their shapes say in four small ones. */
import type { Plain } from "plotly.js-cartesian-dist-min";
import type { Along } from "../field/along";
import { curveTraces, type Moment, markShapes, SHARES, topOf } from "./curves";
import type { Figure } from "./image";
import { axis, baseLayout, type Ink } from "./look";

/** Room around the large chart, in units of type. */
export const LARGE_ROOM = { left: 44, right: 16, top: 12, bottom: 40 };

export interface Drawing {
  readonly ink: Ink;
  readonly width: number;
  readonly height: number;
}

export function overTraining(
  { ink, width, height }: Drawing,
  along: Along | null,
  others: readonly Moment[],
  words: { readonly ends: readonly [string, string]; readonly distance: string; readonly soft: string },
): Figure {
  return {
    data: curveTraces(ink, along, others, 1.25),
    layout: {
      ...baseLayout(ink, width, height),
      margin: room(ink),
      shapes: markShapes(ink, along, words.soft),
      xaxis: axis(ink, {
        range: [...SHARES],
        tickvals: [0, 0.25, 0.5, 0.75, 1],
        ticktext: [words.ends[0], "0.25", "0.5", "0.75", words.ends[1]],
        title: { text: "share of the way", standoff: 4, font: { size: ink.size } },
      }),
      yaxis: axis(ink, {
        range: [-0.03, topOf([along, ...others.map((one) => one.along)])],
        tickvals: [0, 0.5, 1],
        showline: false,
        title: { text: `${words.distance}, relative to the end`, standoff: 4, font: { size: ink.size } },
      }),
    },
  };
}

export function room(ink: Ink): { [name: string]: Plain } {
  return {
    l: LARGE_ROOM.left * ink.scale,
    r: LARGE_ROOM.right * ink.scale,
    t: LARGE_ROOM.top,
    b: LARGE_ROOM.bottom * ink.scale,
    pad: 0,
  };
}

const MEASURES = [
  { name: "sharpness", of: (one: Along) => one.sharpness },
  { name: "width", of: (one: Along) => one.width },
  { name: "position", of: (one: Along) => one.position },
  { name: "end distance", of: (one: Along) => one.endDistance },
] as const;

/** Four small charts, one under the other; `here` is the place of the checkpoint on screen. */
export function numbersOverTraining(
  { ink, width, height }: Drawing,
  moments: readonly Moment[],
  here: number,
  ticks: readonly { readonly x: number; readonly text: string }[],
  unit: string,
): Figure {
  const x = moments.map((one) => one.place);
  const axes: { [name: string]: Plain } = {};
  const titles: Plain[] = [];
  const data = MEASURES.map(({ name, of }, n) => {
    const y = moments.map((one) => of(one.along));
    const suffix = n === 0 ? "" : String(n + 1);
    const high = 1 - n / MEASURES.length;
    const low = high - 0.82 / MEASURES.length + 0.04;
    axes[`yaxis${suffix}`] = axis(ink, {
      domain: [low - 0.02, high - 0.05],
      range: [0, Math.max(name === "sharpness" ? 1 : 1e-6, ...y.map((value) => value ?? 0)) * 1.15],
      nticks: 3,
      showline: false,
      ticks: "",
    });
    titles.push({
      text: name,
      x: 0,
      xref: "paper",
      xanchor: "left",
      y: high - 0.045,
      yref: "paper",
      yanchor: "bottom",
      showarrow: false,
      font: { size: ink.size, color: ink.ink },
    });
    return {
      type: "scatter",
      mode: "lines+markers",
      x,
      y,
      yaxis: `y${suffix}`,
      line: { color: ink.accent, width: 1.6 },
      marker: { color: ink.accent, size: x.map((at) => (at === here ? 8 : 4)) },
      connectgaps: true,
      hoverinfo: "none",
    };
  });
  const line = { type: "line", x0: here, x1: here, yref: "paper", y0: 0, y1: 0.96, layer: "below" };
  return {
    data,
    layout: {
      ...baseLayout(ink, width, height),
      margin: { l: 34 * ink.scale, r: 10 * ink.scale, t: 2, b: LARGE_ROOM.bottom * ink.scale, pad: 0 },
      annotations: titles,
      shapes: [{ ...line, line: { color: ink.line, width: 1 } }],
      hovermode: "closest",
      xaxis: axis(ink, {
        range: [-0.04, 1.04],
        anchor: `y${MEASURES.length}`,
        tickvals: ticks.map((tick) => tick.x),
        ticktext: ticks.map((tick) => tick.text),
        title: { text: unit, standoff: 4, font: { size: ink.size } },
      }),
      ...axes,
    },
  };
}
