/** The plane through three stored digits, coloured by the stored digit that each point looks like after t steps. */
import { useRef, useState } from "preact/hooks";
import { Canvas } from "../../kit/Canvas";
import { colourOf, css, drawLarge } from "./colours";
import { Digit } from "./Digit";
import { memoriesView } from "./link";
import { anchorsOf, frameAt, type LabelMap, MOMENTS, sharesOf, TEMPLATES, WINDOW } from "./network/labels";
import { settled } from "./network/memory";
import { placeOf } from "./network/plane";
import { LAST, names, orbits, stored, t } from "./show";
import { heldOf } from "./storing";
import { useWidth } from "./useWidth";

const LETTERS = ["A", "B", "C"] as const;

export function BasinMap() {
  const { rule } = memoriesView.value;
  const { memory, map, mapping } = heldOf(rule);
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [fixed, setFixed] = useState<number | null>(null);
  const time = fixed ?? t.value;
  const shown = map && frameAt(time);
  const labels = map && shown !== null ? (map.labels[shown] ?? null) : null;
  const templates = Math.min(stored.value.length, TEMPLATES) + 1;
  const plane = memory && anchorsOf(memory, stored.value);
  const orbit = orbits.value.get(rule);
  const place = memory && plane && orbit ? placeOf(plane, settled(memory, orbit.state)) : null;
  const at = (value: number): number => ((value - WINDOW[0]) / (WINDOW[1] - WINDOW[0])) * width;

  return (
    <figure class="basin">
      <figcaption>
        <h2>Where does iteration lead?</h2>
        <p class="quiet">
          The plane through three stored digits, each point coloured by the one it looks like most after{" "}
          <b>t = {shown === null ? 0 : MOMENTS[shown]}</b> steps. The ring is the digit on the left.
        </p>
      </figcaption>
      <div ref={frame} class="basin-frame" role="img" aria-label={described(labels, templates, time)}>
        <Canvas
          side={width}
          reads={[map, shown, place?.alpha, place?.beta]}
          draw={(context) => {
            context.clearRect(0, 0, width, width);
            if (map && labels) drawLarge(context, painted(map, labels, templates), 0, 0, width);
            plane?.anchors.forEach(([alpha, beta], n) => {
              mark(context, at(alpha), width - at(beta), LETTERS[n] as string);
            });
            if (place)
              ring(context, clamp(at(place.alpha), width), clamp(width - at(place.beta), width), place.off);
          }}
        />
        {!map && (
          <span class="pad-wait">
            {mapping === null ? "storing …" : `mapping … ${Math.round(100 * mapping)} %`}
          </span>
        )}
      </div>
      <label class="basin-time">
        <span>t</span>
        <input
          type="range"
          min="0"
          max={MOMENTS.length - 1}
          value={shown ?? 0}
          aria-label="Steps after which the map is shown"
          aria-valuetext={`${MOMENTS[shown ?? 0]} steps`}
          onInput={(event) => setFixed(MOMENTS[Number(event.currentTarget.value)] as number)}
        />
        <button
          type="button"
          class="bare"
          aria-pressed={fixed === null}
          onClick={() => setFixed(fixed === null ? time : null)}
        >
          follow
        </button>
      </label>
      {labels && map && <Shares map={map} labels={labels} templates={templates} />}
    </figure>
  );
}

/** What the map shows in numbers: the share of each label, and how much has come to rest. */
function Shares({ map, labels, templates }: { map: LabelMap; labels: Uint8Array; templates: number }) {
  const shares = sharesOf(labels, templates);
  const resting = map.steps.reduce((sum, steps) => sum + (steps < 255 ? 1 : 0), 0) / map.steps.length;
  return (
    <>
      <ul class="basin-shares">
        {shares.map((share, place) =>
          share > 0.004 || place < 3 ? (
            <li key={place} style={{ "--label": css(colourOf(place, templates)) }}>
              {place === templates - 1 ? (
                <span class="basin-mean">mean</span>
              ) : (
                <Digit
                  side={26}
                  image={stored.value[place] as Float64Array}
                  label={`a stored ${names.value[place]}`}
                />
              )}
              <span>
                {LETTERS[place] && <b>{LETTERS[place]} </b>}
                {Math.round(100 * share)} %
              </span>
            </li>
          ) : null,
        )}
      </ul>
      <p class="quiet basin-note">
        Labels at a time, not basins: {Math.round(100 * resting)} % of the points came to rest within {LAST}{" "}
        steps
        {resting < 0.995 && ", the others are unresolved"}.
      </p>
    </>
  );
}

function painted(map: LabelMap, labels: Uint8Array, templates: number): ImageData {
  const data = new ImageData(map.side, map.side);
  for (let row = 0; row < map.side; row++)
    for (let column = 0; column < map.side; column++) {
      const colour = colourOf(labels[row * map.side + column] as number, templates);
      data.data.set([...colour, 255], 4 * ((map.side - 1 - row) * map.side + column));
    }
  return data;
}

function mark(context: CanvasRenderingContext2D, left: number, top: number, letter: string): void {
  context.beginPath();
  context.arc(left, top, 10, 0, 2 * Math.PI);
  context.fillStyle = "rgb(255 255 255 / 92%)";
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = "#1a1b1f";
  context.stroke();
  context.fillStyle = "#1a1b1f";
  context.font = "650 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(letter, left, top + 0.5);
}

function ring(context: CanvasRenderingContext2D, left: number, top: number, off: number): void {
  context.globalAlpha = Math.max(0.35, 1 - off);
  for (const [width, colour] of [
    [6, "#000"],
    [3, "#fff"],
  ] as const) {
    context.beginPath();
    context.arc(left, top, 7, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.globalAlpha = 1;
}

const clamp = (value: number, width: number): number => Math.min(width - 8, Math.max(8, value));

function described(labels: Uint8Array | null, templates: number, time: number): string {
  if (!labels) return "The map is being made.";
  const said = sharesOf(labels, templates)
    .map((share, place) => ({ share, place }))
    .filter(({ share }) => share > 0.01)
    .sort((one, other) => other.share - one.share)
    .map(({ share, place }) => {
      const what =
        place === templates - 1 ? "the mean digit" : (LETTERS[place] ?? `a stored ${names.value[place]}`);
      return `${Math.round(100 * share)} % look like ${what}`;
    });
  return `The plane through three stored digits after ${time} steps: ${said.join(", ")}.`;
}
