/** Three lines over training, one under the other: spread within regions, sharpness between them, how many there are. */
import { type MarkName, markText } from "../../../field/timeline";
import { view } from "../../../subject/state";
import { formed } from "../state/forming";
import { type Moment, momentsOver, sideOf } from "./moments";
import { numberText } from "./words";

const HEIGHT = 64;
const ROOM = 10;

const ROWS: readonly { readonly name: MarkName; readonly text: string; readonly note: string }[] = [
  {
    name: "within",
    text: "spread within regions",
    note: "dotted: of all outputs; the farther below, the more stable",
  },
  { name: "between", text: "sharpness between", note: "how abruptly outputs change at borders" },
  { name: "count", text: "regions", note: "how many there are" },
];

export function Lines({ width }: { width: number }) {
  const moments = momentsOver(width);
  return (
    <div class="forming-lines">
      {ROWS.map((row) => (
        <Line key={row.name} {...row} moments={moments} width={width} />
      ))}
    </div>
  );
}

interface Props {
  readonly name: MarkName;
  readonly text: string;
  readonly note: string;
  readonly moments: readonly Moment[];
  readonly width: number;
}

function Line({ name, text, note, moments, width }: Props) {
  const all = name === "within" ? moments.filter((moment) => moment.overall !== null) : [];
  const values = [...moments.map((moment) => moment[name]), ...all.map((moment) => moment.overall)];
  const most = Math.max(1e-9, ...values.map((value) => value ?? 0));
  const y = (value: number): number => HEIGHT - ROOM - (value / most) * (HEIGHT - 2 * ROOM);
  const there = moments.filter((moment) => moment[name] !== null);
  const here = moments.find((moment) => moment.revision === view.value.revision);
  const mark = formed.own.value?.marks[name];
  const marked = mark && moments.find((one) => one.revision === formed.own.value?.revisions[mark.frame]);
  const value = here?.[name];
  return (
    <figure class={`line-row ${name}`}>
      <figcaption>
        <b>{text}</b> {figureOf(value, name)}
        <span class="quiet"> · {note}</span>
        {mark && <span class="quiet"> · {markText(name, mark)}</span>}
      </figcaption>
      <svg width={width} height={HEIGHT} role="img" aria-label={said(text, there, name)}>
        <line class="base" x1={sideOf()} x2={width - sideOf()} y1={y(0)} y2={y(0)} />
        {here && <line class="here" x1={here.x} x2={here.x} y1={0} y2={HEIGHT} />}
        {marked && <path class="greatest" d={`M${marked.x - 6} 0h12l-6 8z`} />}
        {there.length > 0 && (
          <text x={sideOf() - 8} y={y(most) + 4} text-anchor="end">
            {figureOf(most, name)}
          </text>
        )}
        <text x={sideOf() - 8} y={y(0) + 4} text-anchor="end">
          0
        </text>
        {all.length > 0 && (
          <polyline
            class="overall"
            points={all.map((moment) => `${moment.x},${y(moment.overall ?? 0)}`).join(" ")}
          />
        )}
        <polyline points={there.map((moment) => `${moment.x},${y(moment[name] ?? 0)}`).join(" ")} />
        {there.map((moment) => (
          <circle
            key={moment.revision}
            cx={moment.x}
            cy={y(moment[name] ?? 0)}
            r={moment === here ? 4.5 : 3}
          />
        ))}
      </svg>
    </figure>
  );
}

function figureOf(value: number | null | undefined, name: MarkName): string {
  return name === "count" ? String(value ?? "–") : numberText(value ?? undefined);
}

function said(text: string, there: readonly Moment[], name: MarkName): string {
  const [first, last] = [there[0], there.at(-1)];
  if (!first || !last) return `${text}: nothing yet`;
  return `${text}: ${figureOf(first[name], name)} at ${first.revision}, ${figureOf(last[name], name)} at ${last.revision}`;
}
