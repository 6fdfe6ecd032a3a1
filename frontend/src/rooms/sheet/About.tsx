/** Beside the grid: the cell that is looked at, larger and in numbers, and the sheet in words. */
import { drawField } from "../../field/draw";
import { RAMP_GRADIENT } from "../../field/ramp";
import { regionsOf } from "../../field/regionMap";
import { Canvas } from "../../kit/Canvas";
import { theme } from "../../shell/theme";
import { card } from "../../subject/question";
import { view } from "../../subject/state";
import { momentText } from "../../subject/time/moments";
import { sheet } from "./asking";
import { opened } from "./CellView";
import { cellOf, colour, layers, revisions, rows, shownCells } from "./cells";
import { describe } from "./describe";
import { heatMost } from "./heat";
import { sheetView } from "./link";
import { active, looked, type Place } from "./place";

/** Side of the larger picture, CSS pixels. */
const SIDE = 256;

export function About() {
  const words = inWords();
  return (
    <aside class="contact-about" aria-label="About this sheet">
      <Looked />
      <HeatScale />
      {words && <p class="sentence">{words}</p>}
    </aside>
  );
}

/** The sheet in words, once every cell is there at least coarsely; of a part of it only when no more is to come. */
function inWords(): string {
  const whole = shownCells.value.every(({ slice, gap }) => slice !== null || gap !== null);
  const words = describe(rows.value);
  if (whole || words === "") return words;
  return sheet.status.value === "cancelled" ? `So far: ${words}` : "";
}

/** The cell under the pointer, else the one the keys are at, else the view's own, else the last checkpoint's lowest. */
function placeNow(): Place | null {
  const at = looked.value ?? active.value;
  if (at && layers.value.includes(at.layer) && revisions.value.includes(at.revision)) return at;
  const { layer, revision } = view.value;
  if (layers.value.includes(layer) && revisions.value.includes(revision)) return { layer, revision };
  const [lowest, last] = [layers.value[0], revisions.value.at(-1)];
  return lowest === undefined || last === undefined ? null : { layer: lowest, revision: last };
}

function Looked() {
  const place = placeNow();
  if (!place) return null;
  const { slice, gap } = cellOf(place.revision, place.layer).value;
  const own = view.value;
  const scheme = theme.value;
  return (
    <section class="contact-looked">
      <h2 class="heading">
        Layer {place.layer}, {momentText(card.value, place.revision)}
      </h2>
      {slice ? (
        <>
          <div aria-hidden="true" class="contact-large">
            <Canvas
              side={SIDE}
              reads={[slice, own, scheme]}
              draw={(context) => {
                const { contours, names } = view.value;
                const size = { width: SIDE, height: SIDE };
                const look = { colour: colour.value, theme: theme.value, size };
                drawField(context, slice, { ...look, borders: contours, names });
              }}
            />
          </div>
          <p class="contact-numbers">
            {slice.sharpness !== null && <span>sharpness {slice.sharpness.toFixed(1)}</span>}
            <span>{regionsOf(slice) === 1 ? "one region" : `${regionsOf(slice)} regions`}</span>
            <a href={`#${opened(place)}`}>open</a>
          </p>
        </>
      ) : gap ? (
        <p class="contact-gap">
          <strong>{gap.title}.</strong> {gap.detail} <span class="quiet">{gap.next}</span>
        </p>
      ) : (
        <div class="contact-large picture-empty" />
      )}
    </section>
  );
}

function HeatScale() {
  const { heat } = sheetView.value;
  if (heat === "none") return null;
  const most = heatMost.value;
  return (
    <div class="contact-scale">
      <span>{heat === "sharpness" ? "sharpness" : "regions"} 1</span>
      <span class="ramp" style={{ background: RAMP_GRADIENT }} />
      <span>{heat === "sharpness" ? most.toFixed(1) : most}</span>
    </div>
  );
}
