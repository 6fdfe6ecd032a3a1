/**
 * Over training, one point per checkpoint: sharpness of the border from A to B and the number of regions; and once the
 * timeline is there, sharpness of all borders, spread within regions, and what happened.
 */
import { useMemo } from "preact/hooks";
import { regionsOf } from "../../field/regionMap";
import { lazily } from "../../kit/lazily";
import { whole } from "../../kit/numbers";
import { Chart } from "../../plot/Chart";
import { axis, baseLayout, inkOf } from "../../plot/look";
import { theme } from "../../shell/theme";
import { frameNames } from "../../subject/question";
import { position, steps } from "../../subject/time/steps";
import { areaText } from "./regions/words";
import { frames } from "./state/frames";
import { telling, told as timeline } from "./state/overlays";
import { pause, place, show } from "./state/play";
import { sliceView } from "./state/view";

const Events = lazily(() => import("./regions/Events"), true);

/** Room beside the lines, in units of type. */
const SIDES = 26;
const RANGE = [-0.03, 1.03] as const;

export default function Training({ width, height }: { width: number; height: number }) {
  const names = frameNames.value;
  const known = frames.value;
  const here = place.value;
  const scheme = theme.value;
  const moments = steps.value;
  const told = timeline.value;

  const drawing = useMemo(() => {
    const x = names.map((_, i) => position(moments, i));
    const slices = names.map((name) => known.get(name)?.slice ?? null);
    const from = (values: readonly number[]): (number | null)[] =>
      names.map((name) => {
        const value = values[told?.revisions.indexOf(name) ?? -1];
        return value !== undefined && Number.isFinite(value) ? value : null;
      });
    return {
      x,
      sharpness: told ? from(told.between) : slices.map((slice) => slice?.sharpness ?? null),
      regions: told ? from(told.count) : slices.map((slice) => (slice ? regionsOf(slice) : null)),
      within: told ? from(told.within.map((value, n) => value / (told.overall[n] ?? Number.NaN))) : [],
    };
  }, [names, known, moments, told]);

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
    const most = Math.max(1e-9, ...drawing.within.map((value) => value ?? 0)) * 1.12;
    return {
      data: [
        line(drawing.sharpness, ink.accent, "y", "circle"),
        line(drawing.regions, ink.warm, "y2", "square"),
        ...(drawing.within.length > 0 ? [line(drawing.within, ink.quiet, "y3", "diamond")] : []),
      ],
      layout: {
        ...baseLayout(ink, width, height),
        margin: { l: SIDES * ink.scale, r: SIDES * ink.scale, t: 6, b: 34 * ink.scale, pad: 0 },
        xaxis: axis(ink, {
          range: [...RANGE],
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
        yaxis3: axis(ink, {
          range: [0, most],
          overlaying: "y",
          showline: false,
          showticklabels: false,
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
  const even = drawing.within[here];
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const inner = width - 2 * SIDES * scale;
  const share = telling.value;
  return (
    <figure class="training">
      <figcaption class="panel-head">
        <span
          class="key sharp"
          title={told ? "Sharpness of borders between regions" : "Sharpness from A to B"}
        >
          {told ? "between " : "sharpness A→B "}
          {typeof sharp === "number" ? sharp.toFixed(1) : "–"}
        </span>
        {told && (
          <span
            class="key even"
            title="Spread of outputs within regions, as a share of the spread of all: the smaller, the more stable. It has a scale of its own"
          >
            within {typeof even === "number" ? areaText(even) : "–"}
          </span>
        )}
        <span class="key many">regions {typeof count === "number" ? count : "–"}</span>
      </figcaption>
      {told && (
        <Events
          timeline={told}
          x={(place) => {
            const value = drawing.x[names.indexOf(told.revisions[place] ?? "")] ?? 0;
            return SIDES * scale + ((value - RANGE[0]) / (RANGE[1] - RANGE[0])) * inner;
          }}
          width={width}
        />
      )}
      <Chart
        class="chart"
        label={`${told ? "Sharpness between regions, spread within them" : "Sharpness of the border from A to B"} and number of regions at ${names.length} checkpoints`}
        data={data}
        layout={layout}
        waiting={known.size === 0}
        onPick={(point) => {
          pause();
          show(point);
        }}
      />
      {names.length > 1 && (
        <button
          type="button"
          class="chip how-regions"
          title="Regions over all checkpoints: births, splits and merges (W)"
          onClick={() => sliceView.change({ forming: true })}
        >
          How regions form{share === null ? "" : ` · ${Math.round(100 * share)} %`}
        </button>
      )}
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
