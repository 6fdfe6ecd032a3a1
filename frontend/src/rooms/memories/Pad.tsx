/** One memory's digit as it is iterated: large, and to be drawn on. By keyboard: arrows move a cell, Space draws, x rubs out. */
import { useRef, useState } from "preact/hooks";
import { Canvas } from "../../kit/Canvas";
import { drawLarge, greyPixels } from "./colours";
import { memoriesView } from "./link";
import type { Rule } from "./network/memory";
import { SIDE, siteOf } from "./network/tokens";
import { drawnOn, type Orbit, orbits, paint, playing, t, visible } from "./show";
import { heldOf } from "./storing";
import { useWidth } from "./useWidth";
import { RULE_TEXT } from "./words";

const INK = 1;
/** What a stroke leaves on the pixels beside it. */
const SOFT = 0.45;

export function Pad({ rule }: { rule: Rule }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [cell, setCell] = useState<number | null>(null);
  const resume = useRef(false);
  const chosen = memoriesView.value.rule === rule;
  const orbit = orbits.value.get(rule);
  const { storing } = heldOf(rule);
  const { name, ours } = RULE_TEXT[rule];

  const pixelAt = (event: PointerEvent): number => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * SIDE);
    const row = Math.floor(((event.clientY - box.top) / box.height) * SIDE);
    return Math.min(SIDE - 1, Math.max(0, row)) * SIDE + Math.min(SIDE - 1, Math.max(0, column));
  };
  const stroke = (event: PointerEvent): void => {
    if (orbit)
      paint(event.shiftKey || event.buttons === 2 ? rubbed(pixelAt(event)) : drawn(pixelAt(event), orbit));
  };

  return (
    <figure class="pad" data-chosen={chosen} data-rule={rule}>
      <figcaption>
        <button
          type="button"
          class="bare"
          aria-pressed={chosen}
          title={RULE_TEXT[rule].about}
          onClick={() => memoriesView.change({ rule })}
        >
          {name}
          {ours && <small>ours</small>}
        </button>
      </figcaption>
      <div
        ref={frame}
        class="pad-frame"
        tabIndex={0}
        role="application"
        aria-roledescription="digit to draw on"
        aria-label={`${name}: ${orbit ? described(orbit) : "storing"}. Arrows move, Space draws, x rubs out.`}
        onContextMenu={(event) => event.preventDefault()}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          resume.current = playing.peek();
          playing.value = false;
          stroke(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && stroke(event)}
        onPointerUp={() => {
          playing.value = resume.current;
        }}
        onBlur={() => setCell(null)}
        onKeyDown={(event) => {
          const at = cell ?? 27;
          const to = MOVES[event.key]?.(at);
          if (to !== undefined) setCell(to);
          else if (event.key === " " && orbit) paint(drawn(at, orbit));
          else if (event.key === "x") paint(rubbed(at));
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <Canvas
          side={width}
          reads={[orbit?.image, cell]}
          draw={(context) => {
            context.clearRect(0, 0, width, width);
            if (orbit) drawLarge(context, greyPixels(orbit.image, SIDE), 0, 0, width);
            if (t.peek() === 0 && !drawnOn.peek()) hideMasked(context, width);
            if (cell !== null) outline(context, cell, width / SIDE);
          }}
        />
        {!orbit && <span class="pad-wait">storing … {Math.round(100 * storing)} %</span>}
      </div>
    </figure>
  );
}

function described({ moments }: Orbit): string {
  const now = moments.at(-1);
  return now
    ? `likeness to the original ${now.original.toFixed(2)}, to the mean digit ${now.mean.toFixed(2)}`
    : "";
}

const MOVES: Readonly<Record<string, (at: number) => number>> = {
  ArrowLeft: (at) => (at % SIDE === 0 ? at : at - 1),
  ArrowRight: (at) => (at % SIDE === SIDE - 1 ? at : at + 1),
  ArrowUp: (at) => (at < SIDE ? at : at - SIDE),
  ArrowDown: (at) => (at >= SIDE * (SIDE - 1) ? at : at + SIDE),
};

/** A soft brush: full ink on a pixel, some on its four neighbours. */
function drawn(pixel: number, { image }: Orbit): ReadonlyMap<number, number> {
  const around = Object.values(MOVES).map((move) => move(pixel));
  return new Map([
    ...around.map((near) => [near, Math.max(image[near] as number, SOFT)] as const),
    [pixel, INK] as const,
  ]);
}

function rubbed(pixel: number): ReadonlyMap<number, number> {
  return new Map([[pixel, 0]]);
}

/** Masked tokens are hatched, so that black is not taken for ink that is missing. */
function hideMasked(context: CanvasRenderingContext2D, width: number): void {
  const seen = visible.peek();
  if (!seen) return;
  const size = width / SIDE;
  context.fillStyle = "rgb(150 40 40 / 85%)";
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++)
    if (seen[siteOf(pixel)] === false)
      context.fillRect((pixel % SIDE) * size, Math.floor(pixel / SIDE) * size, size + 0.5, size + 0.5);
}

function outline(context: CanvasRenderingContext2D, pixel: number, size: number): void {
  context.lineWidth = 2;
  context.strokeStyle = "#ffb000";
  context.strokeRect((pixel % SIDE) * size + 1, Math.floor(pixel / SIDE) * size + 1, size - 2, size - 2);
}
