/** The line on the picture: where its curve is steep, and the place along it that is looked at. */
import { useComputed } from "@preact/signals";
import { type Pixel, pixelsOf } from "../../../field/line";
import type { Frame } from "../../../field/view";
import { curve } from "../state/curves";
import { anchors, dragging, hovered, line, spot } from "../state/line";

/** Half the length of the mark across the line. */
const MARK = 9;

export function Lines({ frame, width, height }: { frame: Frame; width: number; height: number }) {
  const marks = useComputed(() => {
    const now = curve.value;
    return now && (!now.stale || dragging.value) ? now.along : null;
  });
  const own = anchors.value;
  if (!own) return null;
  const [from, to] = pixelsOf(line.value, own, frame);
  const along = marks.value;
  const at = (share: number): Pixel => between(from, to, share);
  const tick = along?.position == null ? null : across(from, to, along.position);
  const stretch =
    along?.low == null || along.high == null ? null : ([at(along.low), at(along.high)] as const);
  const dot = spot.value && at(spot.value.share);
  return (
    <svg
      class={`lines${hovered.value ? " hovered" : ""}`}
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      <Stroke kind="way" ends={[from, to]} />
      {stretch && <Stroke kind="stretch" ends={stretch} />}
      {tick && <Stroke kind="tick" ends={tick} />}
      {dot && <circle class="spot" cx={dot.x} cy={dot.y} r={5} />}
    </svg>
  );
}

/** White with a dark halo, like all ink on the picture. */
function Stroke({ kind, ends: [p, q] }: { kind: string; ends: readonly [Pixel, Pixel] }) {
  const path = `M${p.x.toFixed(1)} ${p.y.toFixed(1)}L${q.x.toFixed(1)} ${q.y.toFixed(1)}`;
  return (
    <g class={kind}>
      <path class="halo" d={path} />
      <path class="ink" d={path} />
    </g>
  );
}

function between(p: Pixel, q: Pixel, share: number): Pixel {
  return { x: p.x + (q.x - p.x) * share, y: p.y + (q.y - p.y) * share };
}

/** A short stroke across the line. */
function across(p: Pixel, q: Pixel, share: number): readonly [Pixel, Pixel] {
  const length = Math.hypot(q.x - p.x, q.y - p.y) || 1;
  const [nx, ny] = [(-(q.y - p.y) / length) * MARK, ((q.x - p.x) / length) * MARK];
  const at = between(p, q, share);
  return [
    { x: at.x - nx, y: at.y - ny },
    { x: at.x + nx, y: at.y + ny },
  ];
}
