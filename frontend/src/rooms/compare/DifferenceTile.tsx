/** Where two of the fields differ: a map on its own scale, the scale, and the numbers in a sentence. */
import { percent } from "../../field/describe";
import { type Difference, differenceAt } from "../../field/difference";
import { blank, type Context, contextOf } from "../../field/pixels";
import { paintRamp, RAMP_GRADIENT } from "../../field/ramp";
import type { Slice } from "../../field/slice";
import { aspect, type Frame, frame, toPixel, windowOf } from "../../field/view";
import { Canvas } from "../../kit/Canvas";
import { Icon } from "../../kit/icons";
import { coordinate } from "../../kit/numbers";
import { view } from "../../subject/state";
import { Surface } from "../../subject/surface/Surface";
import { Mark, NARROW, Plate } from "./FieldTile";
import { asked, fields, linked, map, setFields, variations } from "./fields";
import { Ticks } from "./Ticks";

interface Props {
  readonly pair: readonly [number, number];
  readonly side: number;
}

export function DifferenceTile({ pair, side }: Props) {
  const found = map.value;
  const slice = asked.value[pair[0]]?.slice ?? null;
  const { window, trueScale } = view.value;
  const here = frame(window, { width: side, height: side }, trueScale && slice ? aspect(slice) : null);
  const words = found ? inWords(found, pair) : "The two fields are on their way.";
  return (
    <article class="twin" aria-label="Difference map" style={{ "--twin": `${side}px` }}>
      <header class="twin-head">
        <h2 class="twin-name twin-pair">
          <span>Difference</span>
          {([0, 1] as const).map((end) => (
            <Pick key={end} end={end} pair={pair} narrow={side < NARROW} />
          ))}
        </h2>
        <button
          type="button"
          class="twin-action"
          aria-label="Close the difference map"
          title="Close the difference map"
          onClick={() => setFields(variations.peek(), null)}
        >
          <Icon name="close" />
        </button>
      </header>
      <Plate index={-2}>
        <div aria-hidden="true" class="twin-picture">
          {found && slice ? (
            <Canvas
              side={side}
              reads={[found, slice, window, trueScale]}
              draw={(context) => drawMap(context, found, slice, here, side)}
            />
          ) : (
            <div class="picture-empty" />
          )}
        </div>
        <Ticks frame={here} side={side} />
        <Surface
          frame={here}
          window={window}
          label={`Difference map. ${words}`}
          points={slice?.nx ?? 65}
          style={{ inset: "0" }}
        >
          <Mark index={-2} at={(alpha, beta) => toPixel(here, alpha, beta)} side={side} />
        </Surface>
      </Plate>
      <Legend found={found} slice={slice} />
      <p class="twin-sentence">{words}</p>
    </article>
  );
}

interface Picked {
  readonly end: 0 | 1;
  readonly pair: readonly [number, number];
  readonly narrow: boolean;
}

function Pick({ end, pair, narrow }: Picked) {
  return (
    <select
      aria-label={end === 0 ? "One field" : "The other field"}
      value={String(pair[end])}
      onChange={(event) => {
        const place = Number(event.currentTarget.value);
        const other = pair[1 - end] as number;
        // Choosing the other one turns the two round.
        const kept = place === other ? (pair[end] as number) : other;
        setFields(variations.peek(), end === 0 ? [place, kept] : [kept, place]);
      }}
    >
      {fields.value.map((_, i) => (
        <option key={i} value={String(i)}>
          {narrow ? i + 1 : `field ${i + 1}`}
        </option>
      ))}
    </select>
  );
}

/** The scale under the map, with its end and the value at the linked cursor. */
function Legend({ found, slice }: { found: Difference | null; slice: Slice | null }) {
  const where = linked.value;
  const value = found && slice && where ? differenceAt(found, slice, where.alpha, where.beta) : null;
  return (
    <div class="twin-legend" title="The mean absolute difference of the three similarities">
      <span>0</span>
      <span class="ramp" style={{ background: RAMP_GRADIENT }}>
        {found && found.most > 0 && value !== null && (
          <span class="ramp-mark" style={{ left: `${(100 * value) / found.most}%` }} />
        )}
      </span>
      <span>{found ? found.most.toFixed(2) : "–"}</span>
      <strong class="ramp-value">{value === null ? "" : value.toFixed(2)}</strong>
    </div>
  );
}

/** The numbers in a sentence. */
export function inWords(found: Difference, [one, other]: readonly [number, number]): string {
  const { mean, most, peak, renamed } = found;
  const [alpha, beta] = [peak.alpha, peak.beta].map((value) => coordinate(value));
  const names =
    renamed === 0 ? "no point has another name" : `${percent(renamed)} of the points have another name`;
  return `Fields ${one + 1} and ${other + 1} differ by ${mean.toFixed(3)} on average, most at α ${alpha}, β ${beta}: ${most.toFixed(3)}; ${names}.`;
}

export function drawMap(context: Context, found: Difference, slice: Slice, here: Frame, side: number): void {
  const { alpha, beta } = windowOf(slice);
  const from = toPixel(here, alpha[0], beta[1]);
  const to = toPixel(here, alpha[1], beta[0]);
  const surface = blank(found.nx, found.ny);
  const pixels = paintRamp(found.values, found.nx, found.ny, found.most);
  contextOf(surface).putImageData(new ImageData(pixels, found.nx, found.ny), 0, 0);
  context.clearRect(0, 0, side, side);
  context.save();
  context.beginPath();
  context.rect(here.left, here.top, here.width, here.height);
  context.clip();
  context.imageSmoothingEnabled = false;
  // Each point is a square around its own place, as in the fields.
  context.drawImage(
    surface,
    0.5,
    0.5,
    found.nx - 1,
    found.ny - 1,
    from.x,
    from.y,
    to.x - from.x,
    to.y - from.y,
  );
  context.restore();
}
