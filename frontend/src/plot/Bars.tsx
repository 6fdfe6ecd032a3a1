/** How values are distributed: bars of equal width, one row of them or two over one another. */
import { useMemo } from "preact/hooks";
import { theme } from "../shell/theme";
import { Chart } from "./Chart";
import { axis, baseLayout, inkOf, seriesColour } from "./look";

interface Props {
  readonly rows: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly look: number;
  }[];
  /** What the values are, under the axis. */
  readonly title: string;
  /** Where the axis ends; greater values stand in the last bar. */
  readonly high: number;
  readonly mark?: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

const BINS = 30;

/** Counts in bins from 0 to `high`; what is above stands in the last. */
export function counted(values: readonly number[], high: number, bins = BINS): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value / high) * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

export function Bars({ rows, title, high, mark, width, height, label }: Props) {
  const scheme = theme.value;
  const { data, layout } = useMemo(() => {
    const ink = inkOf();
    const wide = high / BINS;
    return {
      data: rows.map((row) => ({
        type: "bar",
        name: row.name,
        x: Array.from({ length: BINS }, (_, i) => (i + 0.5) * wide),
        y: counted(row.values, high),
        width: wide * 0.92,
        opacity: rows.length > 1 ? 0.68 : 1,
        // Stripes, so that colour is not all that tells the second row.
        marker: { color: seriesColour(row.look), pattern: { shape: row.look === 1 ? "/" : "", size: 6 } },
        hovertemplate: `%{y} pairs at %{x:.3g}<extra>${rows.length > 1 ? row.name : ""}</extra>`,
      })),
      layout: {
        ...baseLayout(ink, width, height),
        barmode: "overlay",
        hovermode: "closest",
        hoverlabel: { bgcolor: ink.surface, bordercolor: ink.line, font: { color: ink.ink, size: ink.size } },
        margin: { l: 46 * ink.scale, r: 8, t: 8, b: 36 * ink.scale, pad: 0 },
        xaxis: axis(ink, {
          range: [0, high],
          nticks: 6,
          title: { text: title, standoff: 3, font: { size: ink.size } },
        }),
        yaxis: axis(ink, {
          rangemode: "tozero",
          nticks: 3,
          showline: false,
          ticks: "",
          title: { text: "pairs", standoff: 2, font: { size: ink.size } },
        }),
        shapes:
          mark === undefined
            ? []
            : [
                {
                  type: "line",
                  x0: Math.min(mark, high),
                  x1: Math.min(mark, high),
                  yref: "paper",
                  y0: 0,
                  y1: 1,
                  line: { color: ink.ink, width: 2 },
                },
              ],
      },
    };
  }, [rows, title, high, mark, width, height, scheme]);
  return <Chart class="chart" label={label} data={data} layout={layout} />;
}
