/** Under one curve: who flattens and who amplifies along the way, and how many units change sign, by block. */
import type { Plain } from "plotly.js-cartesian-dist-min";
import type { Inside } from "../field/inside";
import { curveTraces, markShapes, SHARES, topOf } from "./curves";
import type { Figure } from "./image";
import { axis, baseLayout, type Ink } from "./look";
import { type Drawing, room } from "./overTraining";

interface Words {
  readonly ends: readonly [string, string];
  readonly distance: string;
  readonly soft: string;
}

/** `apart`: compression of each block as heat, beside that of all together as lines. */
export function lookInside(
  { ink, width, height }: Drawing,
  inside: Inside,
  apart: boolean,
  words: Words,
): Figure {
  const { along, blocks, flips, together } = inside;
  const steps = along.curve.length;
  const x = Array.from({ length: steps }, (_, i) => i / (steps - 1));
  const parts = split(apart);
  const lines = together.map((row, n) => ({
    type: "scatter",
    mode: "lines",
    x,
    y: row.map(finite),
    yaxis: "y2",
    line: { color: n === 0 ? ink.warm : ink.accent, width: 2 },
    hoverinfo: "skip",
  }));
  const heat = (
    rows: readonly (readonly number[])[],
    yaxis: string,
    colours: Plain,
  ): { [name: string]: Plain } => ({
    type: "heatmap",
    x: rows === flips ? x.slice(1).map((at) => at - 0.5 / (steps - 1)) : x,
    y: [...blocks],
    z: rows.map((row) => row.map(finite)),
    yaxis,
    showscale: false,
    hoverinfo: "skip",
    ...(colours as { [name: string]: Plain }),
  });
  const most = Math.max(1, ...flips.flat());
  const data: { [name: string]: Plain }[] = [
    ...curveTraces(ink, along, [], 1.2),
    ...lines,
    heat(flips, "y3", {
      zmin: 0,
      zmax: most,
      colorscale: [
        [0, words.soft],
        [1, ink.accent],
      ],
    }),
  ];
  const strongest = Math.max(0.01, ...inside.apart.flat(2).map(Math.abs).filter(Number.isFinite));
  const signed = { zmin: -strongest, zmid: 0, zmax: strongest, colorscale: diverging(ink) };
  if (apart) data.push(heat(inside.apart[1], "y4", signed), heat(inside.apart[0], "y5", signed));
  const title = (text: string, n: number): Plain => ({
    text,
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: parts[n]?.[1] ?? 1,
    yref: "paper",
    yanchor: "bottom",
    showarrow: false,
    font: { size: ink.size, color: ink.ink },
  });
  const byBlock = (n: number): { [name: string]: Plain } =>
    axis(ink, { domain: [...(parts[n] ?? [0, 1])], tickvals: some(blocks), showline: false, ticks: "" });
  const [low, high] = bounds(together);
  return {
    data,
    layout: {
      ...baseLayout(ink, width, height),
      margin: room(ink),
      shapes: [
        ...markShapes(ink, along, words.soft),
        { type: "line", x0: 0, x1: 1, y0: 0, y1: 0, yref: "y2", line: { color: ink.line, width: 1 } },
      ],
      annotations: [
        title(`${words.distance}, relative to the end`, 0),
        title(
          `compression by <span style="color:${ink.accent}"><b>MLPs</b></span> and <span style="color:${ink.warm}"><b>attention</b></span> of all blocks: above 0 they flatten, below they amplify`,
          1,
        ),
        title("units that change sign, by block", 2),
        ...(apart
          ? [
              title(`compression by each block’s MLP, ${scale(strongest, ink)}`, 3),
              title(`compression by each block’s attention, ${scale(strongest, ink)}`, 4),
            ]
          : []),
      ],
      xaxis: axis(ink, {
        range: [...SHARES],
        anchor: `y${parts.length}`,
        tickvals: [0, 0.25, 0.5, 0.75, 1],
        ticktext: [words.ends[0], "0.25", "0.5", "0.75", words.ends[1]],
        title: { text: "share of the way", standoff: 4, font: { size: ink.size } },
      }),
      yaxis: axis(ink, {
        domain: [...(parts[0] ?? [0, 1])],
        range: [-0.03, topOf([along])],
        tickvals: [0, 0.5, 1],
        showline: false,
        ticks: "",
      }),
      yaxis2: axis(ink, {
        domain: [...(parts[1] ?? [0, 1])],
        range: [low, high],
        nticks: 4,
        showline: false,
        ticks: "",
      }),
      yaxis3: byBlock(2),
      ...(apart && { yaxis4: byBlock(3), yaxis5: byBlock(4) }),
    },
  };
}

/** A few blocks, evenly. */
function some(blocks: readonly number[]): number[] {
  const every = Math.ceil(blocks.length / 5);
  return blocks.filter((_, n) => n % every === 0);
}

/** From the top: domains of the parts. */
function split(apart: boolean): readonly (readonly [number, number])[] {
  const sizes = apart ? [0.22, 0.15, 0.15, 0.15, 0.15] : [0.38, 0.24, 0.24];
  const gap = (1 - sizes.reduce((sum, size) => sum + size, 0)) / sizes.length;
  let top = 1;
  return sizes.map((size) => {
    top -= gap + size;
    return [top, top + size] as const;
  });
}

/** Amplifying warm, flattening in the accent's colour, nothing in between. */
function diverging(ink: Ink): Plain {
  return [
    [0, ink.warm],
    [0.5, ink.surface],
    [1, ink.accent],
  ];
}

/** What the two colours of a heat strip stand for. */
function scale(strongest: number, ink: Ink): string {
  const most = strongest.toFixed(2);
  return `from <span style="color:${ink.warm}"><b>−${most}</b></span> to <span style="color:${ink.accent}"><b>${most}</b></span>`;
}

function bounds(rows: readonly (readonly number[])[]): readonly [number, number] {
  const all = rows.flat().filter(Number.isFinite);
  const [low, high] = [Math.min(-0.1, ...all), Math.max(0.1, ...all)];
  const room = 0.08 * (high - low);
  return [low - room, high + room];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
