/**
 * The hand on the picture. Wheel or drag looks closer, shift-drag moves, alt-drag (or any drag, with the line in hand)
 * draws a line, double-click goes home, a click keeps a point or an edge; two fingers pinch. With the keyboard: arrows
 * move a cursor, Enter keeps the point, + − 0 zoom.
 */
import type { ComponentChildren, CSSProperties } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Pixel } from "../../field/line";
import { type Frame, toPlane, WHOLE, type Window } from "../../field/view";
import { pointer } from "../pointer";
import { change, view } from "../state";
import { cursorKey, keep } from "./cursor";
import { Fingers } from "./fingers";
import { box, type Held, plane, type Square } from "./held";
import { wheelFactor, zoomAbout } from "./zoom";
import "./surface.css";

/** Clicks closer together than this may be one double-click, which leaves the pin as it was, milliseconds. */
const DOUBLE = 600;

/** What the hand can do with lines, in a room that draws them. */
export interface LineHand {
  /** Whether any drag draws one now. */
  draws(): boolean;
  /** Whether there is one to take under the pointer. */
  over(): boolean;
  begin(frame: Frame, at: Pixel): Held;
  look(frame: Frame, at: Pixel | null): void;
  /** Takes the one at a click, if there is one. */
  take(frame: Frame, at: Pixel): boolean;
}

interface Props {
  readonly frame: Frame;
  readonly window: Window;
  readonly label: string;
  readonly style: CSSProperties;
  /** Points along a side of the picture: the step of the arrow keys. */
  readonly points: number;
  readonly lines?: LineHand;
  readonly children: ComponentChildren;
}

export function Surface({ frame, window, label, style, points, lines, children }: Props) {
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
    if (event.pointerType !== "touch" || lines?.draws())
      event.currentTarget.setPointerCapture(event.pointerId);
    if (event.shiftKey || event.button === 1) held.current = plane(frame, at);
    else if (lines && (event.altKey || lines.draws())) held.current = lines.begin(frame, at);
    else held.current = box(frame, at, setBand);
  };

  const click = (at: Pixel): void => {
    const now = performance.now();
    if (now - lastClick.current > DOUBLE) pinBefore.current = view.peek().pin;
    lastClick.current = now;
    if (lines?.take(frame, at)) return;
    const { alpha, beta } = toPlane(frame, at.x, at.y);
    keep(alpha, beta);
  };

  return (
    <div
      ref={element}
      class={`surface${lines?.over() ? " on-edge" : ""}${lines?.draws() ? " draws" : ""}`}
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
        if (event.pointerType !== "touch") lines?.look(frame, at);
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
        lines?.look(frame, null);
      }}
      onBlur={() => {
        if (pointer.peek()?.by === "keys") pointer.value = null;
      }}
      onDblClick={() => {
        change({ pin: pinBefore.current, window: WHOLE });
      }}
      onKeyDown={(event) => {
        if (event.target !== element.current || !cursorKey(event, window, points)) return;
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
