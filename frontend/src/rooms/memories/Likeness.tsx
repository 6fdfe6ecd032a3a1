/** Three growing lines: likeness to the original, to the mean digit, and what the mean digit itself would score. */
import { memoriesView } from "./link";
import { correlation } from "./network/likeness";
import { LAST, type Moment, mean, orbits, original, t } from "./show";

const [WIDE, HIGH] = [600, 190];
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 8, 8, 24];
const [LEAST, MOST] = [-0.2, 1];

const x = (step: number): number => LEFT + ((WIDE - LEFT - RIGHT) * step) / LAST;
const y = (value: number): number =>
  TOP + ((HIGH - TOP - BOTTOM) * (MOST - Math.max(LEAST, value))) / (MOST - LEAST);

export function Likeness() {
  const { rule } = memoriesView.value;
  const moments = orbits.value.get(rule)?.moments ?? [];
  const now = moments.at(-1);
  const line = original.value && mean.value ? correlation(original.value, mean.value) : null;
  return (
    <figure class="likeness">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={described(now, line)}>
        {[0, 0.5, 1].map((value) => (
          <g key={value}>
            <line class="likeness-grid" x1={LEFT} x2={WIDE - RIGHT} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {value}
            </text>
          </g>
        ))}
        {[0, 20, 40, 60, 80, 100].map((step) => (
          <text key={step} x={x(step)} y={HIGH - 6} text-anchor={step === LAST ? "end" : "middle"}>
            {step === 0 ? "t = 0" : step}
          </text>
        ))}
        {line !== null && (
          <line class="likeness-line" x1={LEFT} x2={WIDE - RIGHT} y1={y(line)} y2={y(line)} />
        )}
        <path class="likeness-mean" d={path(moments, (one) => one.mean)} />
        <path class="likeness-own" d={path(moments, (one) => one.original)} />
        {now && <circle class="likeness-dot" cx={x(moments.length - 1)} cy={y(now.original)} r="4" />}
      </svg>
      <figcaption>
        <Key of="own" text="to the original" value={now?.original} />
        <Key of="mean" text="to the mean digit" value={now?.mean} />
        <Key of="line" text="the mean digit’s own likeness to the original" value={line ?? undefined} />
        <span class="quiet">
          correlation over pixels at t = {t.value}
          {now && (
            <>
              ; once the mean is taken away <b>{now.own.toFixed(2)}</b>
            </>
          )}
        </span>
      </figcaption>
    </figure>
  );
}

function Key({ of, text, value }: { of: string; text: string; value: number | undefined }) {
  return (
    <span class={`likeness-key ${of}`}>
      <i aria-hidden="true" />
      {text} <b>{value === undefined ? "–" : value.toFixed(2)}</b>
    </span>
  );
}

function path(moments: readonly Moment[], of: (moment: Moment) => number): string {
  return moments
    .map((moment, n) => `${n === 0 ? "M" : "L"}${x(n).toFixed(1)} ${y(of(moment)).toFixed(1)}`)
    .join("");
}

function described(now: Moment | undefined, line: number | null): string {
  if (!now || line === null) return "Likeness over iterations; not yet begun.";
  const against =
    now.original > line ? "more like it than the mean digit is" : "no more like it than the mean digit is";
  return `Likeness over iterations: to the original ${now.original.toFixed(2)}, ${against} (${line.toFixed(2)}); to the mean digit ${now.mean.toFixed(2)}.`;
}
