/** The curve at every write layer: small multiples, lowest layer first. */
import type { Plain } from "plotly.js-cartesian-dist-min";
import type { Along } from "../field/along";
import { SHARES, topOf } from "./curves";
import type { Figure } from "./image";
import { axis, baseLayout } from "./look";
import type { Drawing } from "./overTraining";

/** How many charts stand in a row, for a width in CSS pixels. */
export function columnsFor(count: number, width: number): number {
  return Math.max(2, Math.min(count, Math.floor(width / 150), Math.ceil(Math.sqrt(count * 1.6))));
}

export function byLayer(
  { ink, width, height }: Drawing,
  all: readonly (Along | null)[],
  here: number,
  ends: readonly [string, string],
): Figure {
  const columns = columnsFor(all.length, width);
  const rows = Math.ceil(all.length / columns);
  const top = topOf(all);
  const axes: { [name: string]: Plain } = {};
  const titles: Plain[] = [];
  const data: Plain[] = [];
  all.forEach((along, layer) => {
    const suffix = layer === 0 ? "" : String(layer + 1);
    const [column, row] = [layer % columns, Math.floor(layer / columns)];
    const [wide, high] = [1 / columns, 1 / rows];
    const left = column * wide + wide * 0.06;
    const below = 1 - (row + 1) * high;
    const lowest = layer + columns >= all.length;
    const chosen = layer === here;
    axes[`xaxis${suffix}`] = axis(ink, {
      domain: [left, (column + 1) * wide - wide * 0.06],
      anchor: `y${suffix}`,
      range: [...SHARES],
      tickvals: [0, 1],
      ticktext: lowest ? [...ends] : ["", ""],
      ticks: "",
      linecolor: chosen ? ink.accent : ink.line,
      linewidth: chosen ? 2 : 1,
    });
    axes[`yaxis${suffix}`] = axis(ink, {
      domain: [below + high * 0.08, below + high * 0.76],
      anchor: `x${suffix}`,
      range: [-0.04, top],
      showticklabels: false,
      showline: false,
      ticks: "",
    });
    const sharp = along?.sharpness;
    titles.push({
      text: `${chosen ? "<b>" : ""}layer ${layer}${typeof sharp === "number" ? ` · ${sharp.toFixed(1)}` : ""}${chosen ? "</b>" : ""}`,
      x: left,
      xref: "paper",
      xanchor: "left",
      y: below + high * 0.77,
      yref: "paper",
      yanchor: "bottom",
      showarrow: false,
      font: { size: ink.size, color: chosen ? ink.accent : ink.quiet },
    });
    const at = {
      xaxis: `x${suffix}`,
      yaxis: `y${suffix}`,
      hoverinfo: "skip",
      type: "scatter",
      mode: "lines",
    };
    const last = Math.max(1, (along?.curve.length ?? 2) - 1);
    data.push(
      { ...at, x: [0, 1], y: [0, 1], line: { color: ink.line, width: 1, dash: "dot" } },
      {
        ...at,
        x: Array.from(along?.curve ?? [], (_, i) => i / last),
        y: Array.from(along?.curve ?? []),
        line: { color: chosen ? ink.accent : ink.ink, width: chosen ? 2.4 : 1.8 },
      },
    );
  });
  return {
    data,
    layout: {
      ...baseLayout(ink, width, height),
      margin: { l: 4, r: 4, t: 4, b: 22 * ink.scale, pad: 0 },
      annotations: titles,
      ...axes,
    },
  };
}
