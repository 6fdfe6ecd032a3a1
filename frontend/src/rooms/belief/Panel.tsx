/** One picture of beliefs: points in the colour of the true belief, corners named, the path of a history, hover and zoom. */
import type { ReadonlySignal } from "@preact/signals";
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { theme } from "../../shell/theme";
import { drawBeliefs } from "./draw";
import { pinnedRow, pointed } from "./play";
import { type Cloud, nearest } from "./points";
import type { SimplexView, Window } from "./simplex";
import { zoomed } from "./simplex";
import { resetWindow, frame as windowed } from "./window";

const FINEST = 2;
/** Pixels of the pointer's reach. */
const REACH = 14;

interface Props {
  readonly title: string;
  readonly about: string;
  readonly label: string;
  readonly side: number;
  readonly cloud: ReadonlySignal<Cloud | null>;
  readonly view: ReadonlySignal<SimplexView | null>;
  /** Rows of the path that is drawn. */
  readonly path: ReadonlySignal<readonly number[]>;
  readonly empty: string;
}

export function BeliefPanel({ title, about, label, side, cloud, view, path, empty }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const image = useRef<ImageData | null>(null);
  const drag = useRef<{ x: number; y: number; window: Window; moved: boolean } | null>(null);

  const draw = (): void => {
    const [element, points, how, window] = [canvas.current, cloud.value, view.value, windowed.value];
    const context = element?.getContext("2d", { willReadFrequently: true });
    void theme.value;
    if (!element || !context || side <= 0) return;
    const ratio = Math.min(FINEST, devicePixelRatio || 1);
    const pixels = Math.round(side * ratio);
    if (element.width !== pixels) {
      element.width = pixels;
      element.height = pixels;
      image.current = null;
    }
    image.current ??= context.createImageData(pixels, pixels);
    drawBeliefs(context, image.current, ratio, { cloud: points, view: how, window, path: path.value });
  };

  useSignalEffect(draw);
  useEffect(draw, [side]);

  const plane = (event: PointerEvent | WheelEvent): [number, number] => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const window = windowed.peek();
    return [
      window.x0 + ((event.clientX - box.left) / box.width) * window.side,
      window.y0 + (1 - (event.clientY - box.top) / box.height) * window.side,
    ];
  };
  const under = (event: PointerEvent): number => {
    const points = cloud.peek();
    const [x, y] = plane(event);
    return points ? nearest(points.at, x, y, (REACH / side) * windowed.peek().side) : -1;
  };

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // Not passive, so that the page does not scroll: a listener of the element itself.
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return;
      event.preventDefault();
      windowed.value = zoomed(windowed.peek(), ...plane(event), Math.exp(event.deltaY / 300));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  });

  return (
    <figure class="belief-panel">
      <figcaption title={about}>{title}</figcaption>
      <div class="belief-field" style={{ width: `${side}px`, height: `${side}px` }}>
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={label}
          style={{ width: `${side}px`, height: `${side}px` }}
          onPointerMove={(event) => {
            const held = drag.current;
            if (!held) {
              pointed.value = under(event);
              return;
            }
            held.moved ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > 3;
            const step = held.window.side / side;
            if (held.moved)
              windowed.value = {
                ...held.window,
                x0: held.window.x0 - (event.clientX - held.x) * step,
                y0: held.window.y0 + (event.clientY - held.y) * step,
              };
          }}
          onPointerDown={(event) => {
            if (event.pointerType === "mouse") event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: event.clientX, y: event.clientY, window: windowed.peek(), moved: false };
          }}
          onPointerUp={(event) => {
            const held = drag.current;
            drag.current = null;
            if (held && !held.moved) {
              const row = under(event);
              pinnedRow.value = row === pinnedRow.peek() ? -1 : row;
              pointed.value = row;
            }
          }}
          onPointerCancel={() => {
            drag.current = null;
          }}
          onPointerLeave={() => {
            drag.current = null;
            pointed.value = -1;
          }}
          onDblClick={resetWindow}
        />
        {!cloud.value && <p class="belief-empty quiet">{empty}</p>}
      </div>
    </figure>
  );
}
