/** Distances along a path: one curve, or two with their quartiles as bands; the dotted line is a straight one. */
import { useMemo } from "preact/hooks";
import { theme } from "../shell/theme";
import { Chart } from "./Chart";
import { axis, baseLayout, faint, inkOf, seriesColour } from "./look";

export interface Way {
  readonly name: string;
  readonly y: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  readonly look: number;
  /** Drawn thin and grey, as something to compare with. */
  readonly dash?: string;
}

interface Props {
  readonly ways: readonly Way[];
  readonly title: string;
  readonly straight: boolean;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

export function Path({ ways, title, straight, width, height, label }: Props) {
  const scheme = theme.value;
  const { data, layout } = useMemo(() => {
    const ink = inkOf();
    const top = Math.max(
      straight ? 1 : 0,
      ...ways.flatMap((way) => [...(way.high ?? way.y)].filter(Number.isFinite)),
    );
    const x = (way: Way): number[] => way.y.map((_, i) => i / Math.max(1, way.y.length - 1));
    const edge = { type: "scatter", mode: "lines", line: { width: 0 }, hoverinfo: "skip" };
    return {
      data: [
        ...(straight
          ? [{ ...edge, x: [0, 1], y: [0, 1], line: { color: ink.quiet, width: 1, dash: "dot" } }]
          : []),
        ...ways.flatMap((way) => {
          const colour = seriesColour(way.look);
          const band =
            way.low && way.high
              ? [
                  { ...edge, x: x(way), y: way.high },
                  { ...edge, x: x(way), y: way.low, fill: "tonexty", fillcolor: faint(colour) },
                ]
              : [];
          const style = way.dash
            ? { color: ink.quiet, width: ink.scale, dash: way.dash }
            : { color: colour, width: 2 * ink.scale, dash: way.look === 1 ? "dash" : "solid" };
          const line = { ...edge, x: x(way), y: way.y, line: style };
          return [...band, line];
        }),
      ],
      layout: {
        ...baseLayout(ink, width, height),
        margin: { l: 46 * ink.scale, r: 10, t: 8, b: 24 * ink.scale, pad: 0 },
        xaxis: axis(ink, { range: [-0.01, 1.01], tickvals: [0, 0.5, 1], ticktext: ["A", "α = 0.5", "B"] }),
        yaxis: axis(ink, {
          range: [0, top * 1.06 || 1],
          nticks: 4,
          showline: false,
          ticks: "",
          title: { text: title, standoff: 2, font: { size: ink.size } },
        }),
      },
    };
  }, [ways, title, straight, width, height, scheme]);
  return <Chart class="chart" label={label} data={data} layout={layout} still />;
}
