/** Below the pictures: loss against its bound, places and levels over training, pairs of histories, and where two part. */

import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Choice } from "../../kit/Choice";
import { Chart } from "../../plot/Chart";
import { axis, baseLayout, inkOf } from "../../plot/look";
import { histories, place, process, short, shortLength } from "./asking";
import {
  type Drawn,
  gapChart,
  lossChart,
  type Moment,
  type PlaceScore,
  placesChart,
  zoomChart,
} from "./charts";
import { decodedAt, placeText } from "./frame";
import { historiesOf } from "./histories";
import { moments } from "./moments";
import { Parting } from "./Parting";
import { BINS, pairsOf } from "./pairs";

const HEIGHT = 232;

export default function Charts({ width }: { width: number }) {
  const ink = inkOf();
  const film = moments.value;
  const frame = short.value;
  const [score, setScore] = useState<PlaceScore>("r2");
  const columns = width > 900 ? 2 : 1;
  const own = Math.min(640, Math.floor((width - 24 * (columns - 1)) / columns));
  if (!frame || film.length < 2) return null;
  return (
    <div class="belief-charts">
      <Box title="Loss by tokens seen, against the least there is">
        <Plot of={lossChart(ink, frame, own, HEIGHT)} />
      </Box>
      <Box title="Loss above the exact bound">
        <Plot of={gapChart(ink, film, own, HEIGHT)} />
      </Box>
      <Box
        title="R² by place over training"
        more={
          <Choice
            label="Score"
            value={score}
            options={[
              { value: "r2", text: "in sample" },
              { value: "heldOut", text: "held out" },
              { value: "shuffled", text: "beliefs shuffled" },
            ]}
            onPick={setScore}
          />
        }
      >
        <Plot of={placesChart(ink, film, place.value, score, own, HEIGHT)} />
        <Legend names={(film[0] as Moment).frame.places.map(placeText)} />
      </Box>
      <Box title={`Levels of the fractal at ${placeText(place.value)}`}>
        <Plot of={zoomChart(ink, film, place.value, own, HEIGHT)} />
        <Legend
          names={["whole", "1", "2", "3", "4", "5"].slice(0, frame.zoom.length / frame.places.length)}
        />
      </Box>
      <PairCharts width={own} />
      <Parting width={own} />
    </div>
  );
}

function Box({
  title,
  more,
  children,
}: {
  title: string;
  more?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="belief-box">
      <header>
        <h2>{title}</h2>
        {more}
      </header>
      {children}
    </section>
  );
}

function Plot({ of }: { of: Drawn }) {
  return <Chart label={of.label} data={of.data} layout={of.layout} />;
}

function Legend({ names }: { names: readonly string[] }) {
  return (
    <ul class="belief-legend">
      {names.map((name, n) => (
        <li key={name}>
          <i style={{ background: barOf(n) }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** As the lines are: after six colours, dotted ones. */
function barOf(n: number): string {
  const colour = `var(--s${n % 6})`;
  return n < 6 ? colour : `repeating-linear-gradient(90deg, ${colour} 0 2px, transparent 2px 4px)`;
}

/** Are decoded beliefs apart as true beliefs are, or as next tokens are? */
function PairCharts({ width }: { width: number }) {
  const [of, frame] = [process.value, short.value];
  const rows = of ? historiesOf(of, shortLength.value).rows : undefined;
  const read = frame && decodedAt(frame, place.value);
  const ink = inkOf();
  const found = useMemo(() => {
    if (!rows || !read || frame.rows !== rows.rows) return null;
    return { belief: pairsOf(read, rows.belief, rows.rows), next: pairsOf(read, rows.next, rows.rows) };
  }, [rows, read, frame]);
  if (!found || !histories.value) return null;
  const side = Math.min(260, Math.floor((width - 12) / 2));
  return (
    <Box title={`Distances of pairs of histories, read off ${placeText(place.value)}`}>
      <div class="belief-pairs">
        {(["belief", "next"] as const).map((name) => {
          const pairs = found[name];
          const z = Array.from({ length: BINS }, (_, row) =>
            Array.from({ length: BINS }, (_, column) =>
              Math.log10(1 + (pairs.counts[row * BINS + column] as number)),
            ),
          );
          const what = name === "belief" ? "true belief" : "next token";
          return (
            <div key={name}>
              <Chart
                label={`Distances read against those of the ${what}: squared correlation ${pairs.r2.toFixed(3)}.`}
                data={[
                  {
                    type: "heatmap",
                    z,
                    x0: 0,
                    dx: pairs.across / BINS,
                    y0: 0,
                    dy: pairs.up / BINS,
                    showscale: false,
                    colorscale: [
                      [0, "rgba(0,0,0,0)"],
                      [1, ink.accent],
                    ],
                    hoverinfo: "skip",
                  },
                ]}
                layout={{
                  ...baseLayout(ink, side, side),
                  margin: { l: 42, r: 6, t: 6, b: 38, pad: 0 },
                  xaxis: axis(ink, {
                    nticks: 4,
                    title: { text: "read", standoff: 2, font: { size: ink.size } },
                  }),
                  yaxis: axis(ink, {
                    nticks: 4,
                    title: { text: what, standoff: 2, font: { size: ink.size } },
                  }),
                }}
              />
              <p class="quiet">
                {what}: R² <b>{pairs.r2.toFixed(3)}</b>
              </p>
            </div>
          );
        })}
      </div>
    </Box>
  );
}
