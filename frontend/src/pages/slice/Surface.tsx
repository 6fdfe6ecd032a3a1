/**
 * The hand on the picture. Wheel or drag looks closer, shift-drag moves, double-click goes home, a click keeps a point;
 * two fingers pinch. With the keyboard: arrows move a cursor, Enter keeps the point, + − 0 zoom.
 */
import type { ComponentChildren, CSSProperties } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Frame, pan, span, tidy, toPlane, WHOLE, type Window, zoom } from "../../field/view";
import { pointer, shown } from "../../state/shown";
import { change, view } from "../../state/store";

/** A drag shorter than this is a click, CSS pixels. */
const SLACK = 5;
/** Wheel turns closer together than this are one step of the history, milliseconds. */
const GESTURE = 700;
/** Clicks closer together than this may be one double-click, which leaves the pin as it was, milliseconds. */
const DOUBLE = 600;

interface Props {
  readonly frame: Frame;
  readonly window: Window;
  readonly label: string;
  readonly style: CSSProperties;
  readonly children: ComponentChildren;
}

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly window: Window;
  readonly kind: "box" | "move";
}

let lastTurn = 0;

/** Zooms about a point; one history entry a gesture. */
export function zoomAbout(factor: number, centre: { alpha: number; beta: number }): void {
  const now = performance.now();
  change(
    { window: tidy(zoom(view.peek().window, factor, centre)) },
    now - lastTurn > GESTURE ? "step" : "drift",
  );
  lastTurn = now;
}

/** Zooms about the cursor, the pin, or the middle. */
export function zoomHere(factor: number): void {
  const { window, pin } = view.peek();
  const at = pointer.peek() ?? (pin ? { alpha: pin[0], beta: pin[1] } : null);
  const middle = {
    alpha: (window.alpha[0] + window.alpha[1]) / 2,
    beta: (window.beta[0] + window.beta[1]) / 2,
  };
  zoomAbout(factor, at ?? middle);
}

export function goHome(): void {
  change({ window: WHOLE });
}

export function Surface({ frame, window, label, style, children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const lastClick = useRef(0);
  const pinBefore = useRef(view.peek().pin);
  const placed = useRef(frame);
  placed.current = frame;
  const [band, setBand] = useState<{ x: number; y: number; side: number } | null>(null);

  const local = (event: { clientX: number; clientY: number }): { x: number; y: number } => {
    const rect = element.current?.getBoundingClientRect();
    return { x: event.clientX - (rect?.left ?? 0), y: event.clientY - (rect?.top ?? 0) };
  };

  useEffect(() => {
    const own = element.current;
    if (!own) return;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const at = local(event);
      const delta = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
      zoomAbout(Math.exp(Math.max(-240, Math.min(240, delta)) * 0.002), toPlane(placed.current, at.x, at.y));
    };
    own.addEventListener("wheel", turn, { passive: false });
    return () => own.removeEventListener("wheel", turn);
  }, []);

  const pinch = (event: PointerEvent): boolean => {
    const all = fingers.current;
    if (all.size !== 2 || !all.has(event.pointerId)) return false;
    const [p, q] = [...all.values()] as [{ x: number; y: number }, { x: number; y: number }];
    const before = Math.hypot(p.x - q.x, p.y - q.y);
    all.set(event.pointerId, local(event));
    const [r, s] = [...all.values()] as [{ x: number; y: number }, { x: number; y: number }];
    const after = Math.hypot(r.x - s.x, r.y - s.y);
    if (before > 0 && after > 0)
      zoomAbout(before / after, toPlane(placed.current, (r.x + s.x) / 2, (r.y + s.y) / 2));
    return true;
  };

  const onMove = (event: PointerEvent): void => {
    if (event.pointerType === "touch" && pinch(event)) return;
    const at = local(event);
    const start = drag.current;
    if (!start) {
      pointer.value = { ...toPlane(frame, at.x, at.y), by: "mouse" };
      return;
    }
    const [dx, dy] = [at.x - start.x, at.y - start.y];
    if (start.kind === "move") {
      const [da, db] = [
        (-dx / frame.width) * span(start.window.alpha),
        (dy / frame.height) * span(start.window.beta),
      ];
      change({ window: tidy(pan(start.window, da, db)) }, "drift");
      return;
    }
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    if (side < SLACK) {
      setBand(null);
      return;
    }
    pointer.value = null;
    setBand({ x: dx < 0 ? start.x - side : start.x, y: dy < 0 ? start.y - side : start.y, side });
  };

  const onUp = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId);
    const start = drag.current;
    drag.current = null;
    if (!start || start.kind === "move") return;
    const at = local(event);
    if (band) {
      setBand(null);
      const low = toPlane(frame, band.x, band.y + band.side);
      const high = toPlane(frame, band.x + band.side, band.y);
      change({ window: tidy({ alpha: [low.alpha, high.alpha], beta: [low.beta, high.beta] }) });
    } else {
      const { alpha, beta } = toPlane(frame, at.x, at.y);
      const now = performance.now();
      if (now - lastClick.current > DOUBLE) pinBefore.current = view.peek().pin;
      lastClick.current = now;
      keep(alpha, beta);
    }
  };

  const onKey = (event: KeyboardEvent): void => {
    const slice = shown.peek()?.slice;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, 1],
      ArrowDown: [0, -1],
    };
    const move = moves[event.key];
    if (move && !event.altKey && !event.metaKey && !event.ctrlKey) {
      const count = (event.shiftKey ? 8 : 1) / ((slice?.nx ?? 65) - 1);
      const from = pointer.peek() ?? {
        alpha: (window.alpha[0] + window.alpha[1]) / 2,
        beta: (window.beta[0] + window.beta[1]) / 2,
      };
      pointer.value = {
        alpha: clamp(from.alpha + move[0] * count * span(window.alpha), window.alpha),
        beta: clamp(from.beta + move[1] * count * span(window.beta), window.beta),
        by: "keys",
      };
    } else if (event.key === "Enter" && pointer.peek()) {
      keep(pointer.peek()?.alpha ?? 0, pointer.peek()?.beta ?? 0);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={element}
      class="surface"
      role="application"
      aria-roledescription="map"
      tabIndex={0}
      aria-label={`${label} Arrow keys move a cursor, Enter keeps the point.`}
      style={style}
      onPointerDown={(event) => {
        if (event.target instanceof HTMLElement && event.target.closest("button")) return;
        const at = local(event);
        fingers.current.set(event.pointerId, at);
        if (event.button > 1 || fingers.current.size > 1) {
          drag.current = null;
          setBand(null);
          return;
        }
        if (event.pointerType !== "touch") event.currentTarget.setPointerCapture(event.pointerId);
        const kind = event.shiftKey || event.button === 1 ? "move" : "box";
        if (kind === "move") change({ window: tidy(pan(window, 0, 0)) });
        drag.current = { ...at, window, kind };
      }}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={(event) => {
        fingers.current.delete(event.pointerId);
        drag.current = null;
        setBand(null);
      }}
      onPointerLeave={(event) => {
        if (event.pointerType !== "touch" && pointer.peek()?.by === "mouse") pointer.value = null;
      }}
      onBlur={() => {
        if (pointer.peek()?.by === "keys") pointer.value = null;
      }}
      onDblClick={() => {
        change({ pin: pinBefore.current, window: WHOLE });
      }}
      onKeyDown={onKey}
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

function keep(alpha: number, beta: number): void {
  const round = (x: number): number => Number(x.toPrecision(6));
  change({ pin: [round(alpha), round(beta)] });
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, value));
}
