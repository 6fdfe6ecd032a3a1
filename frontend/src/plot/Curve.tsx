/** Along A → B: how far the output has gone from A's to B's. A plateau, a jump, a plateau: two stable regions. */
import { useMemo } from "preact/hooks";
import { shown } from "../state/shown";
import { theme } from "../theme/theme";
import { Chart } from "./Chart";
import { axis, baseLayout, inkOf } from "./look";

export function Curve({ width, height }: { width: number; height: number }) {
  const slice = shown.value?.slice;
  const scheme = theme.value;
  const { data, layout } = useMemo(() => {
    const ink = inkOf();
    const curve = slice ? Array.from(slice.curve) : [];
    const top = Math.max(1, ...curve) * 1.05;
    return {
      data: [
        {
          type: "scatter",
          mode: "lines",
          x: [0, 1],
          y: [0, 1],
          line: { color: ink.quiet, width: 1, dash: "dot" },
          hoverinfo: "skip",
        },
        {
          type: "scatter",
          mode: "lines",
          x: curve.map((_, i) => i / Math.max(1, curve.length - 1)),
          y: curve,
          line: { color: ink.ink, width: 2 },
          hoverinfo: "skip",
        },
      ],
      layout: {
        ...baseLayout(ink, width, height),
        margin: { l: 26 * ink.scale, r: 26 * ink.scale, t: 6, b: 20 * ink.scale, pad: 0 },
        xaxis: axis(ink, { range: [-0.02, 1.02], tickvals: [0, 0.5, 1], ticktext: ["A", "α = 0.5", "B"] }),
        yaxis: axis(ink, { range: [-0.03, top], tickvals: [0, 1], showline: false, ticks: "" }),
      },
    };
  }, [slice, width, height, scheme]);
  const sharp = slice?.sharpness;
  const wide = slice?.width;
  return (
    <figure class="panel curve">
      <figcaption class="panel-head">
        <span class="heading">Along A → B</span>
        <span class="quiet key-note">
          {typeof sharp === "number" ? `slope ${sharp.toFixed(1)}` : "no curve"}
          {typeof wide === "number" ? ` · width ${wide.toFixed(2)}` : ""}
        </span>
      </figcaption>
      <Chart
        class="chart"
        label="Distance of the output from A's, relative to B's, along the line from A to B; the dotted line is a straight line"
        data={data}
        layout={layout}
        still
      />
    </figure>
  );
}
