/** The training scrubber: a log axis of steps with a mark and a small picture per checkpoint, and how it plays. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { isUnderWay } from "../../../asking/status";
import type { Slice } from "../../../field/slice";
import { Icon } from "../../../kit/icons";
import { compact, whole } from "../../../kit/numbers";
import { token } from "../../../shell/theme";
import { card, frameNames, question } from "../../../subject/question";
import { view } from "../../../subject/state";
import { position, spaced, steps } from "../../../subject/time/steps";
import { SWEEP } from "../../../subject/view";
import { answers, frames, old } from "../state/frames";
import { marks } from "../state/overlays";
import { fps, loop, pause, place, playing, SPEEDS, show, toggle } from "../state/play";
import { present } from "../state/refine";
import { standsIn } from "../state/shown";
import { sliceView } from "../state/view";
import { Thumb } from "./Thumb";
import "./scrubber.css";

export function Scrubber() {
  return (
    <section class="train" aria-label="Training">
      <Transport />
      <Track />
      <Moment />
    </section>
  );
}

function Transport() {
  const on = playing.value;
  const { fade } = sliceView.value;
  return (
    <div class="transport">
      <button
        type="button"
        class="primary play"
        aria-label={on ? "Pause" : "Play"}
        title="Play or pause (space)"
        onClick={toggle}
      >
        <Icon name={on ? "pause" : "play"} />
      </button>
      <div class="transport-small">
        <label class="speed" title="Checkpoints a second">
          <span class="unseen">Checkpoints a second</span>
          <select
            value={String(fps.value)}
            onChange={(event) => {
              fps.value = Number(event.currentTarget.value);
            }}
          >
            {SPEEDS.map((speed) => (
              <option key={speed} value={String(speed)}>
                {speed}/s
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="small"
          aria-pressed={loop.value}
          title="Begin again at the end (L)"
          onClick={() => {
            loop.value = !loop.value;
          }}
        >
          loop
        </button>
        <button
          type="button"
          class="small"
          aria-pressed={fade}
          title="Cross-fade between checkpoints: interpolation, not the model (X)"
          onClick={() => sliceView.change({ fade: !fade })}
        >
          fade
        </button>
      </div>
    </div>
  );
}

function Track() {
  const names = frameNames.value;
  const known = frames.value;
  const before = old.value;
  const waiting = isUnderWay(present.value.status.value);
  const current = answers.value === question.value;
  const now = present.value.progress.value;
  const arriving = now?.coming ? now : null;
  const here = place.value;
  const moments = steps.value;
  const goal = Math.min(view.value.resolution, SWEEP);
  const rail = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  const thumb = useSignal(48);

  useEffect(() => {
    if (!rail.current) return;
    const watch = new ResizeObserver(([entry]) => {
      width.value = entry?.contentRect.width ?? 0;
      thumb.value = Number.parseFloat(token("thumb")) || 48;
    });
    watch.observe(rail.current);
    return () => watch.disconnect();
  }, [width, thumb]);

  const places = useMemo(() => names.map((_, i) => position(moments, i)), [names, moments]);
  const half = thumb.value / 2;
  const inner = Math.max(0, width.value - 2 * half);
  const x = (i: number): number => half + (places[i] ?? 0) * inner;
  const gaps = current ? names.map((name, i) => (known.get(name)?.gap ? i : -1)).filter((i) => i >= 0) : [];
  const gapped = gaps.join();
  const thumbs = useMemo(
    () => spaced(places, inner > 0 ? (2 * half + 4) / inner : 1, [places.length - 1, 0, ...gaps]),
    [places, inner, half, gapped],
  );
  const labels = useMemo(
    () => spaced(places, inner > 0 ? 44 / inner : 1, [places.length - 1, 0]),
    [places, inner],
  );

  const pick = (event: PointerEvent): void => {
    const box = rail.current?.getBoundingClientRect();
    if (!box || inner <= 0) return;
    const at = (event.clientX - box.left - half) / inner;
    let best = 0;
    for (let i = 1; i < places.length; i++) {
      if (Math.abs((places[i] ?? 0) - at) < Math.abs((places[best] ?? 0) - at)) best = i;
    }
    if (best !== place.peek()) show(best);
  };

  const state = (name: string): "ready" | "coarse" | "gap" | "none" => {
    const frame = current ? known.get(name) : undefined;
    if (frame?.gap) return "gap";
    if (!frame?.slice) return "none";
    return frame.slice.nx >= goal ? "ready" : "coarse";
  };
  const said = (name: string): string => {
    const gap = current ? known.get(name)?.gap : null;
    if (gap) return `, missing: ${gap.detail}`;
    return { ready: "", coarse: ", coarse", gap: "", none: ", not there yet" }[state(name)];
  };
  const standing = (slice: Slice | null | undefined): Slice | null =>
    slice && standsIn(slice, view.value) ? slice : null;
  const name = names[here] ?? "";
  const changes = marks.value;

  return (
    <div
      ref={rail}
      class="rail"
      role="slider"
      tabIndex={0}
      aria-label="Checkpoint"
      aria-valuemin={0}
      aria-valuemax={names.length - 1}
      aria-valuenow={here}
      aria-valuetext={`${moments.unit === "checkpoints" ? name : `${whole(moments.values[here] ?? 0)} ${moments.unit}`}, ${here + 1} of ${names.length}${said(name)}${changes.has(name) ? `; ${changes.get(name)}` : ""}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        pause();
        event.currentTarget.setPointerCapture(event.pointerId);
        pick(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) pick(event);
      }}
    >
      <div class="rail-line" style={{ left: `${half}px`, right: `${half}px` }} />
      {width.value > 0 &&
        names.map((revision, i) => {
          const frame = known.get(revision);
          const kind = state(revision);
          const chosen = i === here;
          return (
            <div
              key={revision}
              class={`stop ${kind}${chosen ? " chosen" : ""}`}
              style={{ transform: `translateX(${x(i)}px)` }}
              title={frame?.gap ? `${revision}: ${frame.gap.title}. ${frame.gap.detail}` : revision}
            >
              {(thumbs.has(i) || chosen) && (
                <Thumb
                  slice={standing(frame?.slice ?? before.get(revision))}
                  gap={kind === "gap"}
                  dim={waiting && (!current || !frame?.slice)}
                />
              )}
              {arriving?.coming?.revision === revision && arriving.total > 0 && (
                <span class="arriving" style={{ "--share": arriving.done / arriving.total }} />
              )}
              <span class="mark" />
              {changes.has(revision) && <span class="change-mark" title={changes.get(revision)} />}
              {(labels.has(i) && !overlaps(i, here, places, inner)) || chosen ? (
                <span class="stop-label">{labelOf(moments.values[i] ?? 0, moments.unit, revision)}</span>
              ) : null}
            </div>
          );
        })}
    </div>
  );
}

/** Whether a label would run into that of the frame on screen. */
function overlaps(i: number, here: number, places: readonly number[], inner: number): boolean {
  return i !== here && Math.abs((places[i] ?? 0) - (places[here] ?? 0)) * inner < 44;
}

function labelOf(value: number, unit: string, revision: string): string {
  if (unit === "checkpoints") return revision;
  return unit === "training tokens" || value >= 10_000 ? compact(value) : whole(value);
}

function Moment() {
  const name = view.value.revision;
  const row = card.value?.revisions.find((one) => one.revision === name);
  const step = steps.value.unit === "training steps" ? steps.value.values[place.value] : undefined;
  return (
    <div class="moment">
      <strong>{step === undefined ? name : `step ${whole(step)}`}</strong>
      {typeof row?.tokens === "number" && row.tokens > 0 && <span>{compact(row.tokens)} tokens seen</span>}
      {typeof row?.loss === "number" && <span>loss {row.loss.toFixed(2)}</span>}
    </div>
  );
}
