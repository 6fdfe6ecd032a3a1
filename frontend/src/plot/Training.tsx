/** Over training: sharpness of the border from A to B, and the number of regions, one point per checkpoint. */
import { useMemo } from "preact/hooks";
import { position, steps } from "../scrubber/steps";
import { frames, regionsOf } from "../state/frames";
import { pause, place, show } from "../state/play";
import { frameNames } from "../state/store";
import { whole } from "../theme/numbers";
import { theme } from "../theme/theme";
import { Chart } from "./Chart";
import { axis, baseLayout, inkOf } from "./look";

export function Training({ width, height }: { width: number; height: number }) {
  const names = frameNames.value;
  const known = frames.value;
  const here = place.value;
  const scheme = theme.value;
  const moments = steps.value;

  const drawing = useMemo(() => {
    const x = names.map((_, i) => position(moments, i));
    const slices = names.map((name) => known.get(name)?.slice ?? null);
    return {
      x,
      sharpness: slices.map((slice) => slice?.sharpness ?? null),
      regions: slices.map((slice) => (slice ? regionsOf(slice) : null)),
    };
  }, [names, known, moments]);

  const { data, layout } = useMemo(() => {
    const ink = inkOf();
    const line = (y: readonly (number | null)[], colour: string, yaxis: string, symbol: string) => ({
      type: "scatter",
      mode: "lines+markers",
      x: drawing.x,
      y,
      yaxis,
      line: { color: colour, width: 1.8 },
      marker: { color: colour, size: drawing.x.map((_, i) => (i === here ? 8 : 4)), symbol },
      connectgaps: true,
      hoverinfo: "skip",
    });
    const ticks = tickPlaces(moments, drawing.x);
    const tops = [drawing.sharpness, drawing.regions].map(
      (all) => Math.max(1, ...all.map((value) => value ?? 0)) * 1.12,
    );
    return {
      data: [
        line(drawing.sharpness, ink.accent, "y", "circle"),
        line(drawing.regions, ink.warm, "y2", "square"),
      ],
      layout: {
        ...baseLayout(ink, width, height),
        margin: { l: 26 * ink.scale, r: 26 * ink.scale, t: 6, b: 34 * ink.scale, pad: 0 },
        xaxis: axis(ink, {
          range: [-0.03, 1.03],
          tickvals: ticks.map((tick) => tick.x),
          ticktext: ticks.map((tick) => tick.text),
          title: { text: moments.unit, standoff: 2, font: { size: ink.size } },
        }),
        yaxis: axis(ink, {
          range: [0, tops[0] ?? 1],
          nticks: 4,
          showline: false,
          tickfont: { color: ink.accent },
          ticks: "",
        }),
        yaxis2: axis(ink, {
          range: [0, tops[1] ?? 1],
          overlaying: "y",
          side: "right",
          dtick: Math.max(1, Math.ceil((tops[1] ?? 1) / 4)),
          tickformat: "d",
          showline: false,
          tickfont: { color: ink.warm },
          ticks: "",
        }),
        shapes: [
          {
            type: "line",
            x0: drawing.x[here] ?? 0,
            x1: drawing.x[here] ?? 0,
            yref: "paper",
            y0: 0,
            y1: 1,
            line: { color: ink.line, width: 1 },
            layer: "below",
          },
        ],
        hovermode: "closest",
      },
    };
  }, [drawing, here, width, height, scheme, moments]);

  const sharp = drawing.sharpness[here];
  const count = drawing.regions[here];
  return (
    <figure class="panel">
      <figcaption class="panel-head">
        <span class="heading">Over training</span>
        <span class="key sharp">sharpness {typeof sharp === "number" ? sharp.toFixed(1) : "–"}</span>
        <span class="key many">regions {typeof count === "number" ? count : "–"}</span>
      </figcaption>
      <Chart
        class="chart"
        label={`Sharpness of the border from A to B and number of regions at ${names.length} checkpoints`}
        data={data}
        layout={layout}
        onPick={(point) => {
          pause();
          show(point);
        }}
      />
    </figure>
  );
}

function tickPlaces(moments: typeof steps.value, x: readonly number[]): { x: number; text: string }[] {
  const kept: { x: number; text: string }[] = [];
  for (let i = x.length - 1; i >= 0; i--) {
    const at = x[i] ?? 0;
    const room = 0.17;
    if (kept.every((tick) => Math.abs(tick.x - at) > room))
      kept.push({ x: at, text: whole(moments.values[i] ?? i) });
  }
  return kept;
}
