/** One of the fields: its head, the picture with the linked cursor, and what is known at the cursor. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { sentence } from "../../field/describe";
import { drawField } from "../../field/draw";
import type { Slice } from "../../field/slice";
import { aspect, frame, toPixel } from "../../field/view";
import { Canvas } from "../../kit/Canvas";
import { look } from "../../shell/look";
import { theme } from "../../shell/theme";
import { pointer } from "../../subject/pointer";
import { view } from "../../subject/state";
import { Surface } from "../../subject/surface/Surface";
import { FieldHead } from "./FieldHead";
import { type Asked, colourOf, type Field, hovered, linked, samePlane } from "./fields";
import { Reading } from "./Reading";
import { Standing } from "./Standing";
import { Ticks } from "./Ticks";

/** Names are written where there is room for them, CSS pixels. */
const ROOM_FOR_NAMES = 160;

/** Below this width a head has room for little more than its name, CSS pixels. */
export const NARROW = 220;

interface Props {
  readonly index: number;
  readonly field: Field;
  readonly asked: Asked | undefined;
  readonly name: string;
  readonly title: string;
  /** CSS pixels. */
  readonly side: number;
}

export function FieldTile({ index, field, asked, name, title, side }: Props) {
  const { slice, stale } = useShown(field, asked);
  const { window, trueScale } = view.value;
  const scheme = theme.value;
  const narrow = side < NARROW;
  const here = frame(window, { width: side, height: side }, trueScale && slice ? aspect(slice) : null);
  const label = slice && !stale ? sentence(slice) : "The picture is on its way.";
  return (
    <article
      class={`twin${narrow ? " narrow" : ""}`}
      aria-label={`Field ${index + 1}: ${name}`}
      style={{ "--twin": `${side}px` }}
    >
      <FieldHead index={index} field={field} name={name} title={title} narrow={narrow} />
      <Plate index={index}>
        <div aria-hidden="true" class={`twin-picture${stale ? " stale" : ""}`}>
          {slice ? (
            <Canvas
              side={side}
              reads={[slice, scheme, view.value, look.value]}
              draw={(context) => {
                const { contours, names, trueScale, window } = view.value;
                drawField(context, slice, {
                  colour: colourOf(slice),
                  size: { width: side, height: side },
                  view: window,
                  trueScale,
                  theme: theme.value,
                  borders: contours,
                  names: names && side >= ROOM_FOR_NAMES,
                });
              }}
            />
          ) : (
            <div class="picture-empty" />
          )}
        </div>
        <Ticks frame={here} side={side} />
        <Surface
          frame={here}
          window={window}
          label={`Field ${index + 1}, ${name}. ${label}`}
          points={slice?.nx ?? 65}
          style={{ inset: "0" }}
        >
          <Mark index={index} at={(alpha, beta) => toPixel(here, alpha, beta)} side={side} />
        </Surface>
        <Standing asked={asked} empty={slice === null} />
      </Plate>
      <Reading slice={stale ? null : slice} />
    </article>
  );
}

/** The slice to draw: the answer, or what stood here before it, until the answer comes. */
function useShown(field: Field, asked: Asked | undefined): { slice: Slice | null; stale: boolean } {
  const last = useRef<Slice | null>(null);
  if (asked?.slice) last.current = asked.slice;
  const slice = last.current;
  return { slice, stale: slice !== null && slice !== asked?.slice && !samePlane(slice, field.request) };
}

/** The square that the pointer can be over; it notes so, since there the pointer's own arrow shows the place. */
export function Plate({ index, children }: { index: number; children: ComponentChildren }) {
  return (
    <div
      class="twin-plate"
      onPointerEnter={() => {
        hovered.value = index;
      }}
      onPointerLeave={() => {
        if (hovered.peek() === index) hovered.value = -1;
      }}
    >
      {children}
    </div>
  );
}

interface Marked {
  readonly index: number;
  readonly side: number;
  readonly at: (alpha: number, beta: number) => { x: number; y: number };
}

/** The linked cursor, at the same (α, β) in every field. */
export function Mark({ index, side, at }: Marked) {
  const where = linked.value;
  if (!where || (pointer.value?.by === "mouse" && hovered.value === index)) return null;
  const { x, y } = at(where.alpha, where.beta);
  if (!(x >= 0 && y >= 0 && x <= side && y <= side)) return null;
  return (
    <span class={pointer.value ? "linked-mark" : "pin-mark"} style={{ left: `${x}px`, top: `${y}px` }} />
  );
}
