/** The place along the line that is looked at: over the chart by pointer or arrow keys, and at once on the picture. */
import { useRef } from "preact/hooks";
import type { Along } from "../../../field/along";
import { SHARES } from "../../../plot/curves";
import { spot } from "../state/line";
import { spotText } from "./words";

interface Props {
  readonly along: Along | null;
  /** Room around the curve in the chart below, CSS pixels. */
  readonly room: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Height of the chart below, CSS pixels. */
  readonly height: number;
}

const RANGE = SHARES[1] - SHARES[0];

export function Spot({ along, room, height }: Props) {
  const own = useRef<HTMLDivElement>(null);
  const share = spot.value?.share;
  const look = (event: PointerEvent): void => {
    const box = own.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const at = SHARES[0] + ((event.clientX - box.left) / box.width) * RANGE;
    spot.value = { share: Math.min(1, Math.max(0, at)), by: "chart" };
  };
  return (
    <div
      ref={own}
      class="spot-area"
      style={{
        left: `${room.left}px`,
        right: `${room.right}px`,
        top: `${room.top}px`,
        height: `${height - room.top - room.bottom}px`,
      }}
      role="slider"
      tabIndex={0}
      aria-label="Place along the line"
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number((share ?? 0).toFixed(3))}
      aria-valuetext={along ? spotText(along, share ?? 0) : "no curve yet"}
      onPointerDown={look}
      onPointerMove={look}
      onPointerLeave={() => {
        if (spot.peek()?.by === "chart") spot.value = null;
      }}
      onBlur={() => {
        spot.value = null;
      }}
      onKeyDown={(event) => {
        const now = spot.peek()?.share ?? 0;
        const step = event.shiftKey ? 0.1 : 0.01;
        const to: Record<string, number> = {
          ArrowLeft: now - step,
          ArrowRight: now + step,
          Home: 0,
          End: 1,
        };
        const next = to[event.key];
        if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        spot.value = { share: Math.min(1, Math.max(0, next)), by: "chart" };
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {share !== undefined && (
        <span class="spot-line" style={{ left: `${(100 * (share - SHARES[0])) / RANGE}%` }} />
      )}
    </div>
  );
}
