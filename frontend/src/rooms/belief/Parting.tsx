/** Where a distinction arises, and where it collapses: how far apart two histories are read, at every place and step. */

import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Chart } from "../../plot/Chart";
import { axis, baseLayout, inkOf } from "../../plot/look";
import { checkpoints, frameOfRevision, places, process, shortLength } from "./asking";
import { decodedAt, placeText } from "./frame";
import { historiesOf, rowOf, wordOf } from "./histories";

export function Parting({ width }: { width: number }) {
  const of = process.value;
  const now = of ? historiesOf(of, shortLength.value) : null;
  const rows = now?.rows;
  const pair = useSignal<readonly [string, string]>(["", ""]);
  const ink = inkOf();
  const words = useMemo(() => (now?.rows ? start(now.made, now.rows) : ["", ""]), [now]);
  const typed = pair.value.map((word, n) => word || (words[n] as string)) as [string, string];
  const found = now?.rows
    ? typed.map((word) => rowOf(now.made, now.rows as NonNullable<typeof rows>, word))
    : [];
  const wrong = found.find((row) => typeof row === "string");
  const [one, other] = found as number[];
  const shown = checkpoints.value.filter(({ revision }) => frameOfRevision(revision));
  if (!now || !rows || shown.length < 2) return null;
  const z = places.value.map((name) =>
    shown.map(({ revision }) => {
      const frame = frameOfRevision(revision);
      const read = frame && decodedAt(frame, name);
      return read && typeof one === "number" && typeof other === "number" && !wrong
        ? apart(read, rows.states, one, other)
        : null;
    }),
  );
  const truly =
    wrong || one === undefined || other === undefined ? null : apart(rows.belief, rows.states, one, other);
  const height = 74 * ink.scale + 24 * places.value.length * ink.scale;
  return (
    <section class="belief-box">
      <header>
        <h2>Where two histories part</h2>
        <span class="belief-two">
          {[0, 1].map((n) => (
            <input
              key={n}
              type="text"
              aria-label={n ? "The other history" : "One history"}
              value={typed[n]}
              maxLength={24}
              spellcheck={false}
              onInput={(event) => {
                const text = event.currentTarget.value.trim();
                pair.value = n ? [typed[0], text] : [text, typed[1]];
              }}
            />
          ))}
        </span>
      </header>
      {wrong ? (
        <p class="bad" role="alert">
          {wrong}
        </p>
      ) : (
        <>
          <Chart
            label={`How far apart ${typed[0]} and ${typed[1]} are read, by place and training step; their beliefs are ${truly?.toFixed(3)} apart.`}
            data={[
              {
                type: "heatmap",
                z,
                x: shown.map(({ revision }) => revision.replace("step", "")),
                y: places.value.map(placeText),
                zmin: 0,
                zmax: Math.max(1e-3, 1.3 * (truly ?? 1)),
                colorscale: [
                  [0, ink.surface],
                  [1 / 1.3, ink.accent],
                  [1, ink.warm],
                ],
                showscale: false,
                hovertemplate: "%{y}, step %{x}: %{z:.3f}<extra></extra>",
              },
            ]}
            layout={{
              ...baseLayout(ink, width, height),
              margin: { l: 74 * ink.scale, r: 10, t: 6, b: 58 * ink.scale, pad: 0 },
              hovermode: "closest",
              xaxis: axis(ink, {
                type: "category",
                tickangle: -90,
                title: { text: "training step", standoff: 6, font: { size: ink.size } },
              }),
              yaxis: axis(ink, { type: "category", showline: false, ticks: "" }),
            }}
          />
          <p class="quiet">
            What is believed after them is <b>{truly?.toFixed(3)}</b> apart; the colour is full there, and
            warm beyond.
          </p>
        </>
      )}
    </section>
  );
}

/** Two histories with the same last tokens whose beliefs are far apart: only what came before tells them. */
function start(made: Parameters<typeof wordOf>[0], rows: Parameters<typeof wordOf>[1]): [string, string] {
  let best: [number, number] = [0, 1];
  let most = -1;
  const from = rows.size.indexOf(Math.min(4, rows.length));
  const to = Math.min(rows.rows, from + 120);
  for (let i = from; i < to; i++)
    for (let j = from; j < i; j++) {
      const same = last(rows, i) === last(rows, j);
      const far = same ? apart(rows.belief, rows.states, i, j) : -1;
      if (far > most) [most, best] = [far, [i, j]];
    }
  return [wordOf(made, rows, best[0]), wordOf(made, rows, best[1])];
}

const last = (rows: Parameters<typeof wordOf>[1], row: number): number =>
  rows.word[row * rows.length + (rows.size[row] as number) - 1] as number;

function apart(belief: ArrayLike<number>, states: number, i: number, j: number): number {
  let sum = 0;
  for (let n = 0; n < states; n++)
    sum += ((belief[i * states + n] as number) - (belief[j * states + n] as number)) ** 2;
  return Math.sqrt(sum);
}
