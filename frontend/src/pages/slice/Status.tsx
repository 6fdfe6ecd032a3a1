/** Above the picture: what it shows, and how far its computation is, with a way to stop it. */

import { distanceText } from "../../controls/distances";
import { sameWindow, WHOLE } from "../../field/view";
import { answeredIn, ask, estimate, finished, phase, progress, stop } from "../../state/ask";
import { bare, EMBEDDED } from "../../state/chrome";
import { frames } from "../../state/frames";
import { shown } from "../../state/shown";
import { card, change, frameNames, link, view } from "../../state/store";
import { amount, duration, whole } from "../../theme/numbers";

const STAGES: Readonly<Record<string, string>> = {
  queue: "waiting its turn",
  load: "loading weights",
  clean: "clean runs",
  points: "points",
};

export function Status() {
  const { layer, model, distance, window, normalisation, revision } = view.value;
  const blocks = card.value?.layers;
  const zoomed = !sameWindow(window, WHOLE);
  const stale = shown.value?.stale && !shown.value.stretched;
  return (
    <div class="status">
      <p class="status-what">
        <strong>{model}</strong>{" "}
        <span>
          after block {layer}
          {blocks ? ` of ${blocks}` : ""}
        </span>{" "}
        <span class={zoomed ? "spare" : ""}>{distanceText(distance)}</span>
        {normalisation !== "frame" && <span>scale: {normalisation}</span>}
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
    case "running": {
      const part = now && now.total > 0 ? now.done / now.total : 0;
      return (
        <>
          <span
            class="quiet"
            title={price ? `${whole(price.points)} points, ${price.passes} checkpoints` : undefined}
          >
            {now ? (STAGES[now.stage] ?? now.stage) : "starting"}
            {now && now.total > 0
              ? ` ${amount(now.done)} of ${amount(now.total)}`
              : price
                ? `, ${amount(price.points)} points${price.seconds === null ? "" : `, about ${duration(price.seconds)}`}`
                : ""}
            {now?.secondsLeft != null && now.secondsLeft >= 0.5 ? ` · ${duration(now.secondsLeft)} left` : ""}
          </span>
          <progress class="bar-progress" max={1} value={part} aria-label="Computed" />
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
        <span class="quiet">
          {count} checkpoints{answeredIn.value === null ? "" : ` in ${duration(answeredIn.value)}`}
        </span>
      );
    case "offline":
      return <span class="bad">no connection</span>;
    case "refused":
      return <span class="bad">not computed</span>;
  }
}
