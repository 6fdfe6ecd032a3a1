/** One picture of beliefs: points in the colour of the true belief, corners named, the path of a history, hover and zoom. */
import type { ReadonlySignal } from "@preact/signals";
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { dark } from "../../shell/chrome";
import { theme, token } from "../../shell/theme";
import { pinnedRow, pointed } from "./play";
import { type Cloud, nearest, paint } from "./points";
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
    const ground = rgb(token("sunken"));
    image.current ??= context.createImageData(pixels, pixels);
    const rows = (points?.at.length ?? 0) / 2;
    const size = rows > 20_000 ? 0.75 : rows > 2000 ? 1.5 : 3;
    paint(image.current, points ?? NONE, window, ground, Math.max(1, Math.round(ratio * size)));
    context.putImageData(image.current, 0, 0);
    if (!how) return;
    const place = (x: number, y: number): [number, number] => [
      ((x - window.x0) / window.side) * pixels,
      pixels - ((y - window.y0) / window.side) * pixels,
    ];
    context.save();
    frameOf(context, how, place, ratio);
    if (points) drawPath(context, points, path.value, place, ratio);
    context.restore();
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

const NONE: Cloud = { at: new Float32Array(0), colour: new Uint8ClampedArray(0), large: 0 };

function rgb(text: string): [number, number, number] {
  const found = /^#(..)(..)(..)$/.exec(text.trim());
  return found
    ? ([1, 2, 3].map((n) => Number.parseInt(found[n] as string, 16)) as [number, number, number])
    : [0, 0, 0];
}

type Place = (x: number, y: number) => [number, number];

/** The corners, and the edge where they are all of it. */
function frameOf(context: CanvasRenderingContext2D, view: SimplexView, place: Place, ratio: number): void {
  const middle = place(0.5, 0.4);
  context.strokeStyle = token("line-strong");
  context.lineWidth = ratio;
  if (view.closed) {
    context.beginPath();
    for (const [n, { x, y }] of view.corners.entries()) {
      if (n) context.lineTo(...place(x, y));
      else context.moveTo(...place(x, y));
    }
    context.closePath();
    context.globalAlpha = 0.7;
    context.stroke();
    context.globalAlpha = 1;
  }
  context.fillStyle = token("ink");
  context.font = `600 ${13 * ratio}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const corner of view.corners) {
    const [x, y] = place(corner.x, corner.y);
    const away = Math.hypot(x - middle[0], y - middle[1]) || 1;
    const out = 15 * ratio;
    context.fillText(corner.text, x + ((x - middle[0]) / away) * out, y + ((y - middle[1]) / away) * out);
  }
}

/** A history's way, token by token: a line, a dot at each step, a ring at the end. */
function drawPath(
  context: CanvasRenderingContext2D,
  cloud: Cloud,
  rows: readonly number[],
  place: Place,
  ratio: number,
): void {
  if (rows.length === 0) return;
  const at = rows.map((row) => place(cloud.at[2 * row] as number, cloud.at[2 * row + 1] as number));
  for (const [colour, width] of [
    [dark.peek() ? "#000000" : "#ffffff", 4],
    [token("ink"), 1.6],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * ratio;
    context.lineJoin = "round";
    context.beginPath();
    for (const [n, point] of at.entries()) {
      if (n) context.lineTo(...point);
      else context.moveTo(...point);
    }
    context.stroke();
    for (const [n, [x, y]] of at.entries()) {
      context.beginPath();
      context.arc(x, y, (n === at.length - 1 ? 6 : 2.5) * ratio, 0, 2 * Math.PI);
      if (n === at.length - 1) context.stroke();
      else {
        context.fillStyle = colour;
        context.fill();
      }
    }
  }
}
