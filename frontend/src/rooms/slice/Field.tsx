/** The picture: our canvas for the pixels, Plotly's axes over it, and on top what the hand and the eye need. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isUnderWay } from "../../asking/status";
import { sentence } from "../../field/describe";
import { drawGround, drawSigns } from "../../field/draw";
import { leading } from "../../field/pixels";
import { toPixel } from "../../field/view";
import { lazily } from "../../kit/lazily";
import { Axes } from "../../plot/Axes";
import { bare, EMBEDDED } from "../../shell/chrome";
import { theme } from "../../shell/theme";
import { pointer } from "../../subject/pointer";
import { view } from "../../subject/state";
import { Surface } from "../../subject/surface/Surface";
import { Handles } from "./curve/Handles";
import { Lines } from "./curve/Lines";
import { Tools } from "./curve/Tools";
import { gapHere, Notes } from "./Notes";
import { Readout } from "./Readout";
import { lineHand } from "./state/lineHand";
import { layer } from "./state/overlay";
import { drawnOverlay, stands } from "./state/overlays";
import { phase } from "./state/refine";
import { fine } from "./state/sharp";
import { between, box, colour, margin, placed, shown } from "./state/shown";
import { sliceView } from "./state/view";

const Others = lazily(() => import("./prompts/Marks"), true);
const Spotlight = lazily(() => import("./regions/Spotlight"), true);

export function Field() {
  const stage = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLCanvasElement>(null);
  const signs = useRef<HTMLCanvasElement>(null);

  const scheme = theme.value;
  useEffect(() => {
    const own = stage.current;
    if (!own) return;
    const measure = (): void => {
      const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      const room = { left: Math.round(48 * scale), right: 12, top: 4, bottom: Math.round(40 * scale) };
      const width = own.clientWidth - room.left - room.right;
      const height = own.clientHeight - room.top - room.bottom;
      const side = Math.max(0, Math.floor(Math.min(width, height)));
      if (room.left !== margin.peek().left) margin.value = room;
      if (side !== box.peek().width) box.value = { width: side, height: side };
    };
    const watch = new ResizeObserver(measure);
    watch.observe(own);
    measure();
    return () => watch.disconnect();
  }, [scheme]);

  useSignalEffect(() => {
    const began = performance.now();
    const { width, height } = box.value;
    const now = shown.value;
    const fade = between.value;
    const { window, trueScale, contours, names } = view.value;
    const look = {
      colour: colour.value,
      theme: theme.value,
      over: fade ? null : layer.value,
      land: fade ? null : drawnOverlay.value,
    };
    if (!ground.current || !signs.current || width === 0) return;
    const below = sized(ground.current, width, height);
    const above = sized(signs.current, width, height);
    if (!below || !above || !now) return;
    const options = {
      ...look,
      size: { width, height },
      view: window,
      trueScale,
      borders: contours,
      names: names && !fade,
      edges: true,
      taken: stands.value,
    };
    const pixels = fade ?? now.slice;
    const finer = fade ? null : fine.value;
    drawGround(below, finer ?? pixels, options);
    drawSigns(above, leading(pixels), options);
    performance.measure("frame", { start: began });
  });

  const size = box.value;
  const room = margin.value;
  const waiting = isUnderWay(phase.value);
  const now = shown.value;
  const frame = placed.value;
  const { pin, window } = view.value;
  const { beside, others } = sliceView.value;
  const mark = pin && frame ? toPixel(frame, pin[0], pin[1]) : null;
  const cursor =
    pointer.value?.by === "keys" && frame ? toPixel(frame, pointer.value.alpha, pointer.value.beta) : null;
  const inside = (at: { x: number; y: number }): boolean =>
    at.x >= 0 && at.y >= 0 && at.x <= size.width && at.y <= size.height;

  return (
    <div ref={stage} class="stage">
      <div
        class="plate"
        style={{
          width: `${size.width + room.left + room.right}px`,
          height: `${size.height + room.top + room.bottom}px`,
        }}
      >
        <div
          aria-hidden="true"
          class={`picture${now?.stale && !now.stretched && (waiting || phase.value === "cancelled" || gapHere()) ? " stale" : ""}`}
          style={{
            left: `${room.left}px`,
            top: `${room.top}px`,
            width: `${size.width}px`,
            height: `${size.height}px`,
          }}
        >
          <canvas ref={ground} style={{ width: `${size.width}px`, height: `${size.height}px` }} />
          {beside === "regions" && <Spotlight />}
          {frame && <Lines frame={frame} width={size.width} height={size.height} />}
          <canvas
            ref={signs}
            class="signs"
            style={{ width: `${size.width}px`, height: `${size.height}px` }}
          />
          {!now && <div class={`picture-empty${waiting ? " coming" : ""}`} />}
        </div>
        {frame && <Axes frame={frame} width={size.width} height={size.height} room={room} waiting={!now} />}
        {frame && (
          <Surface
            frame={frame}
            window={window}
            label={
              now ? sentence(now.slice) : waiting ? "The picture is on its way." : "There is no picture yet."
            }
            points={now?.slice.nx ?? 65}
            lines={lineHand}
            style={{
              left: `${room.left}px`,
              top: `${room.top}px`,
              width: `${size.width}px`,
              height: `${size.height}px`,
            }}
          >
            {others.length > 0 && <Others frame={frame} />}
            <Handles frame={frame} />
            {mark && inside(mark) && (
              <span class="pin-mark" style={{ left: `${mark.x}px`, top: `${mark.y}px` }} />
            )}
            {cursor && inside(cursor) && (
              <span class="cursor-mark" style={{ left: `${cursor.x}px`, top: `${cursor.y}px` }} />
            )}
            <Notes />
            {between.value && (
              <span class="interpolated">
                interpolated between {between.value.names[0]} and {between.value.names[1]}
              </span>
            )}
          </Surface>
        )}
        {frame && !bare.value && !EMBEDDED && <Tools />}
        {frame && <Readout frame={frame} />}
      </div>
    </div>
  );
}

/** The canvas' context in CSS pixels, its bitmap as fine as the screen. */
function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = Math.min(3, devicePixelRatio || 1);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
