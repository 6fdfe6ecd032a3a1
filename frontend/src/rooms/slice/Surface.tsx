/**
 * The hand on the picture. Wheel or drag looks closer, shift-drag moves, alt-drag (or any drag, with the line in hand)
 * draws a line, double-click goes home, a click keeps a point or an edge; two fingers pinch. With the keyboard: arrows
 * move a cursor, Enter keeps the point, + − 0 zoom.
 */
import type { ComponentChildren, CSSProperties } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Pixel } from "../../field/line";
import { type Frame, toPlane, WHOLE, type Window } from "../../field/view";
import { change, view } from "../../shell/store";
import { pointer } from "../../subject/shown";
import { cursorKey, keep } from "./hand/cursor";
import { Fingers } from "./hand/fingers";
import { box, type Held, plane, type Square } from "./hand/held";
import { lineInHand, lookAt, takeEdge } from "./hand/lines";
import { wheelFactor, zoomAbout } from "./hand/zoom";
import { hovered, tool } from "./state/line";

/** Clicks closer together than this may be one double-click, which leaves the pin as it was, milliseconds. */
const DOUBLE = 600;

interface Props {
  readonly frame: Frame;
  readonly window: Window;
  readonly label: string;
  readonly style: CSSProperties;
  readonly children: ComponentChildren;
}

/** Lines are drawn in the main room, where their curves are shown. */
const drawsLines = (): boolean => view.peek().room === "slice";

export function Surface({ frame, window, label, style, children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const held = useRef<Held | null>(null);
  const fingers = useRef(new Fingers());
  const lastClick = useRef(0);
  const pinBefore = useRef(view.peek().pin);
  const placed = useRef(frame);
  placed.current = frame;
  const [band, setBand] = useState<Square | null>(null);

  const local = (event: { clientX: number; clientY: number }): Pixel => {
    const rect = element.current?.getBoundingClientRect();
    return { x: event.clientX - (rect?.left ?? 0), y: event.clientY - (rect?.top ?? 0) };
  };

  useEffect(() => {
    const own = element.current;
    if (!own) return;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const at = local(event);
      zoomAbout(wheelFactor(event), toPlane(placed.current, at.x, at.y));
    };
    own.addEventListener("wheel", turn, { passive: false });
    return () => own.removeEventListener("wheel", turn);
  }, []);

  const letGo = (): void => {
    held.current?.cancel();
    held.current = null;
  };

  const take = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    if (event.target instanceof HTMLElement && event.target.closest("button")) return;
    const at = local(event);
    fingers.current.down(event.pointerId, at);
    letGo();
    if (event.button > 1 || fingers.current.count > 1) return;
    if (event.pointerType !== "touch" || tool.peek() === "line")
      event.currentTarget.setPointerCapture(event.pointerId);
    if (event.shiftKey || event.button === 1) held.current = plane(frame, at);
    else if (drawsLines() && (event.altKey || tool.peek() === "line")) held.current = lineInHand(frame, at);
    else held.current = box(frame, at, setBand);
  };

  const click = (at: Pixel): void => {
    const now = performance.now();
    if (now - lastClick.current > DOUBLE) pinBefore.current = view.peek().pin;
    lastClick.current = now;
    if (takeEdge(frame, at)) return;
    const { alpha, beta } = toPlane(frame, at.x, at.y);
    keep(alpha, beta);
  };

  return (
    <div
      ref={element}
      class={`surface${hovered.value ? " on-edge" : ""}${tool.value === "line" && drawsLines() ? " draws" : ""}`}
      role="application"
      aria-roledescription="map"
      tabIndex={0}
      aria-label={`${label} Arrow keys move a cursor, Enter keeps the point.`}
      style={style}
      onPointerDown={take}
      onPointerMove={(event) => {
        const at = local(event);
        if (event.pointerType === "touch" && fingers.current.pinch(event.pointerId, at, frame)) return;
        if (held.current) {
          held.current.move(at);
          return;
        }
        pointer.value = { ...toPlane(frame, at.x, at.y), by: "mouse" };
        if (event.pointerType !== "touch") lookAt(frame, at);
      }}
      onPointerUp={(event) => {
        fingers.current.up(event.pointerId);
        const own = held.current;
        held.current = null;
        if (own && !own.end(local(event))) click(local(event));
      }}
      onPointerCancel={(event) => {
        fingers.current.up(event.pointerId);
        letGo();
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === "touch") return;
        if (pointer.peek()?.by === "mouse") pointer.value = null;
        lookAt(frame, null);
      }}
      onBlur={() => {
        if (pointer.peek()?.by === "keys") pointer.value = null;
      }}
      onDblClick={() => {
        change({ pin: pinBefore.current, window: WHOLE });
      }}
      onKeyDown={(event) => {
        if (event.target !== element.current || !cursorKey(event, window)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children}
      {band && (
        <span
          class="band"
          style={{
            left: `${band.x}px`,
            top: `${band.y}px`,
            width: `${band.side}px`,
            height: `${band.side}px`,
          }}
        />
      )}
    </div>
  );
}
