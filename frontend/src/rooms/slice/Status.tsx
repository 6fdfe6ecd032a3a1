/** Above the picture: what it shows, and how far its computation is, with a way to stop it. */

import { Standing } from "../../asking/Standing";
import { isUnderWay } from "../../asking/status";
import { priceText } from "../../asking/words";
import { sameWindow, WHOLE } from "../../field/view";
import { amount, duration, plural } from "../../kit/numbers";
import { link } from "../../shell/address";
import { bare, EMBEDDED } from "../../shell/chrome";
import { distanceText } from "../../subject/distances";
import { card, frameNames } from "../../subject/question";
import { change, view } from "../../subject/state";
import { gapHere } from "./Notes";
import { film, finished } from "./state/film";
import { frames, written } from "./state/frames";
import { phase, present } from "./state/refine";
import { shown } from "./state/shown";

export function Status() {
  const { layer, model, distance, dtype, window, normalisation, revision } = view.value;
  const blocks = card.value?.layers;
  const zoomed = !sameWindow(window, WHOLE);
  const waiting = isUnderWay(phase.value);
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
            title="Whole window (0, Esc or double-click). Colours are on the scale of the whole plane"
          >
            zoomed in · reset
          </button>
        )}
        {normalisation !== "frame" && <span class="spare">scale: {normalisation}</span>}
        {dtype !== "float32" && <span class="spare">{dtype}</span>}
      </p>
      <div class="status-how">
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
  const count = frameNames.value.length;
  const { estimate, seconds } = film;
  return (
    <Standing of={present.value} count={{ there: finished.value, of: count, noun: "checkpoint" }} brief>
      <span title={estimate.value ? `Estimated: ${priceText(estimate.value)}` : undefined}>
        {plural(count, "checkpoint")} · {amount(written.value)} points
        {seconds.value === null ? "" : ` in ${duration(seconds.value)}`}
      </span>
    </Standing>
  );
}
