/** Above the picture: what it shows, and how far its computation is, with a way to stop it. */
import type { Estimate } from "../../api/types";
import { sameWindow, WHOLE } from "../../field/view";
import { amount, bytes, duration, whole } from "../../kit/numbers";
import { link } from "../../shell/address";
import { bare, EMBEDDED } from "../../shell/chrome";
import { distanceText } from "../../subject/distances";
import { card, frameNames } from "../../subject/question";
import { change, view } from "../../subject/state";
import { gapHere } from "./Notes";
import { answeredIn, ask, estimate, finished, type Progress, phase, progress, stop } from "./state/ask";
import { frames, written } from "./state/frames";
import { shown } from "./state/shown";

const STAGES: Readonly<Record<string, string>> = {
  queue: "waiting its turn",
  download: "asking for files",
  load: "loading weights",
  clean: "clean runs",
  points: "points",
};

export function Status() {
  const { layer, model, distance, dtype, window, normalisation, revision } = view.value;
  const blocks = card.value?.layers;
  const zoomed = !sameWindow(window, WHOLE);
  const waiting = phase.value === "asking" || phase.value === "running";
  const stale = shown.value?.stale && !shown.value.stretched && waiting && !gapHere();
  return (
    <div class="status">
      <p class="status-what">
        <strong>{model}</strong>{" "}
        <span>
          after block {layer}
          {blocks ? ` of ${blocks}` : ""}
        </span>{" "}
        <span class={`distance${zoomed ? " spare" : ""}`}>{distanceText(distance)}</span>
        {zoomed && (
          <button
            type="button"
            class="chip"
            onClick={() => change({ window: WHOLE })}
            title="Whole window (0, Esc or double-click)"
          >
            zoomed in · reset
          </button>
        )}
        {normalisation !== "frame" && <span class="spare">scale: {normalisation}</span>}
        {dtype !== "float32" && <span class="spare">{dtype}</span>}
      </p>
      <div class="status-how" role="status">
        {stale && frames.value.size > 0 && <span class="quiet">{revision} is on its way</span>}
        {bare.value && (
          <button
            type="button"
            class="chip"
            title="Everything again (H or Esc)"
            onClick={() => {
              bare.value = false;
              if (document.fullscreenElement) void document.exitFullscreen();
            }}
          >
            show all
          </button>
        )}
        {EMBEDDED && phase.value === "done" ? <Whole /> : <How />}
      </div>
    </div>
  );
}

/** From a slide or another page to the whole explorer, at this very view. */
function Whole() {
  return (
    <a
      class="embed-link"
      href={whereWhole()}
      target="_blank"
      rel="noopener"
      onPointerDown={(event) => {
        event.currentTarget.href = whereWhole();
      }}
    >
      Stable Regions Explorer ↗
    </a>
  );
}

function whereWhole(): string {
  const url = new URL(link());
  url.searchParams.delete("embed");
  return url.href;
}

function How() {
  const now = progress.value;
  const price = estimate.value;
  const count = frameNames.value.length;
  switch (phase.value) {
    case "asking":
      return <span class="quiet">asking …</span>;
    case "priced":
      return <span class="quiet">nothing has begun</span>;
    case "running": {
      const part = now && now.total > 0 ? now.done / now.total : 0;
      return (
        <>
          <span
            class="quiet"
            title={price ? `${whole(price.points)} points, ${price.passes} checkpoints` : undefined}
          >
            {now?.coming ? downloading(now) : computing(now, price)}
          </span>
          <progress
            class="bar-progress"
            max={1}
            value={part}
            aria-label={now?.coming ? "Downloaded" : "Computed"}
          />
          <button type="button" class="chip" onClick={stop}>
            Cancel
          </button>
        </>
      );
    }
    case "cancelled":
      return (
        <>
          <span class="quiet">
            cancelled at {finished.value} of {count} checkpoints
          </span>
          <button type="button" class="chip" onClick={ask}>
            Go on
          </button>
        </>
      );
    case "done":
      return (
        <span class="quiet" title={price ? `Estimated: ${costs(price)}` : undefined}>
          {count === 1 ? "1 checkpoint" : `${count} checkpoints`} · {amount(written.value)} points
          {answeredIn.value === null ? "" : ` in ${duration(answeredIn.value)}`}
        </span>
      );
    case "offline":
      return <span class="bad">no connection</span>;
    case "refused":
      return <span class="bad">not computed</span>;
  }
}

function computing(now: Progress | null, price: Estimate | null): string {
  const stage = now ? (STAGES[now.stage] ?? now.stage) : "starting";
  if (!now || now.total === 0) return price ? `${stage}, ${costs(price)}` : stage;
  const part = `${amount(now.done)} of ${amount(now.total)} points${left(now.secondsLeft)}`;
  return now.stage === "points" ? part : `${stage} · ${part}`;
}

/** What an estimate says of the time it takes. */
function costs({ points, seconds }: Estimate): string {
  return `${amount(points)} points${seconds === null ? "" : `, about ${duration(seconds)}`}`;
}

function downloading({ coming, done, total }: Progress): string {
  if (!coming || total === 0) return STAGES["download"] ?? "";
  const file = Math.min(coming.files, coming.whole + 1);
  const speed = coming.bytesPerSecond;
  const pace = speed ? ` · ${bytes(speed)}/s${left((total - done) / speed)}` : "";
  return `${coming.revision}: file ${file} of ${coming.files} · ${bytes(done)} of ${bytes(total)}${pace}`;
}

function left(seconds: number | null): string {
  return seconds !== null && seconds >= 0.5 ? ` · ${duration(seconds)} left` : "";
}
