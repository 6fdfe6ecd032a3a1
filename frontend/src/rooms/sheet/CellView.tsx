/** One cell: a small slice that is a link, shaded by its number where numbers are shown, hatched where it is missing. */
import { haloed, inkBorders } from "../../field/ink";
import { type Context, drawPixels } from "../../field/pixels";
import { rampColour, wantsDarkInk } from "../../field/ramp";
import { atlas, regionsOf } from "../../field/regionMap";
import type { Slice } from "../../field/slice";
import { Canvas } from "../../kit/Canvas";
import { hashTo } from "../../shell/address";
import { card } from "../../subject/question";
import { view } from "../../subject/state";
import { momentText } from "../../subject/time/moments";
import { sheet } from "./asking";
import { cellOf, colour, nameOf, oldCellOf } from "./cells";
import { heatShare } from "./describe";
import { heatMost } from "./heat";
import { type Heat, sheetView } from "./link";
import { active, looked, type Place } from "./place";

interface Props extends Place {
  readonly side: number;
  /** The cell that Tab reaches before any was. */
  readonly first: boolean;
}

export function CellView({ layer, revision, side, first }: Props) {
  const { slice, gap } = cellOf(revision, layer).value;
  const own = view.value;
  const old = slice || gap || sheet.status.value === "done" ? null : oldCellOf(revision, layer);
  const drawn = slice ?? old;
  const place: Place = { layer, revision };
  const at = active.value;
  const reached = at ? at.layer === layer && at.revision === revision : first;
  const here = own.layer === layer && own.revision === revision;
  const shared = {
    "data-cell": nameOf(revision, layer),
    tabIndex: reached ? 0 : -1,
    class: `contact-cell${here ? " here" : ""}${gap ? " gap" : ""}`,
    "aria-label": label(place, slice, gap?.title ?? null),
    onFocus: () => {
      active.value = place;
      looked.value = place;
    },
    onPointerEnter: () => {
      looked.value = place;
    },
  };
  return (
    <td>
      {gap ? (
        <span {...shared} role="img" title={`${gap.title}. ${gap.detail}`}>
          –
        </span>
      ) : (
        <a {...shared} aria-current={here ? "true" : undefined} href={`#${opened(place)}`}>
          {drawn && (
            <span class={`contact-picture${old ? " stale" : ""}`}>
              <Canvas
                side={side}
                reads={[drawn, own.contours, sheetView.value.heat]}
                draw={(context) => drawCell(context, drawn, side)}
              />
            </span>
          )}
        </a>
      )}
    </td>
  );
}

/** The main room at a cell. */
export function opened({ layer, revision }: Place): string {
  return hashTo("slice", view.with({ layer, revision }));
}

function label({ layer, revision }: Place, slice: Slice | null, gap: string | null): string {
  const where = `layer ${layer}, ${momentText(card.peek(), revision)}`;
  if (gap) return `${where}: missing. ${gap}`;
  if (!slice) return `${where}: not there yet`;
  const sharp = slice.sharpness === null ? "" : `sharpness ${slice.sharpness.toFixed(1)}, `;
  const count = regionsOf(slice);
  return `${where}: ${sharp}${count === 1 ? "one region" : `${count} regions`}`;
}

/** A cell's number, or null where it has none. */
export function heatOf(slice: Slice, heat: Heat): number | null {
  return heat === "regions" ? regionsOf(slice) : heat === "sharpness" ? slice.sharpness : null;
}

export function heatText(value: number, heat: Heat): string {
  return heat === "regions" ? String(value) : value.toFixed(1);
}

const FONT = "system-ui, sans-serif";
/** Lines are drawn where they are more than a smear, CSS pixels. */
const ROOM_FOR_LINES = 48;

/** Draws a cell at the context's origin: pixels and borders, or the number on its shade with the borders faintly. */
export function drawCell(context: Context, slice: Slice, side: number): void {
  const { contours } = view.value;
  const { heat } = sheetView.value;
  const box = { left: 0, top: 0, width: side, height: side };
  const lines = (): void => {
    if (contours && side >= ROOM_FOR_LINES)
      inkBorders(context, atlas(slice).borders, slice, box, Math.max(0.4, side / 180));
  };
  const value = heatOf(slice, heat);
  if (value === null) {
    drawPixels(context, slice, colour.value, box);
    lines();
    return;
  }
  const share = heatShare(value, heatMost.value);
  context.save();
  context.fillStyle = rampColour(share);
  context.fillRect(0, 0, side, side);
  context.globalAlpha = 0.3;
  lines();
  context.globalAlpha = 1;
  const size = Math.max(11, Math.min(22, side * 0.27));
  if (wantsDarkInk(share)) {
    context.font = `650 ${size}px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = "#0b0c0f";
    context.fillText(heatText(value, heat), side / 2, side / 2);
  } else haloed(context, heatText(value, heat), side / 2, side / 2, size, 650);
  context.restore();
}
