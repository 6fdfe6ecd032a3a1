/** How far the sheet is, what it costs, and a way to begin, stop and go on. */
import type { Estimate } from "../../api/types";
import { amount, bytes, duration, plural } from "../../kit/numbers";
import { begin, cancelSheet, estimate, phase, pointsLeft, progress, run } from "./asking";
import { finished, SIDE, shownCells } from "./cells";

const STAGES: Readonly<Record<string, string>> = {
  queue: "waiting its turn",
  load: "loading weights",
  clean: "clean runs",
};

export function How() {
  return (
    <div class="hall-how" role="status">
      <Words />
    </div>
  );
}

function Words() {
  const count = shownCells.value.length;
  const there = finished.value;
  const cost = estimate.value;
  switch (phase.value) {
    case "pricing":
      return <span class="quiet">{plural(count, "slice")}</span>;
    case "priced":
      return (
        <>
          <span>{price(count - there, cost)}</span>
          <button type="button" class="primary" onClick={run}>
            Run
          </button>
        </>
      );
    case "running": {
      const now = progress.value;
      const share = now && now.total > 0 ? now.done / now.total : 0;
      return (
        <>
          <span class="quiet">
            {now && STAGES[now.stage] && now.done === 0
              ? STAGES[now.stage]
              : `${there} of ${plural(count, "slice")}`}
            {now && now.total > 0 ? ` · ${amount(now.done)} of ${amount(now.total)} points` : ""}
            {now?.secondsLeft != null && now.secondsLeft >= 0.5 ? ` · ${duration(now.secondsLeft)} left` : ""}
          </span>
          <progress class="bar-progress" max={1} value={share} aria-label="Computed" />
          <button type="button" class="chip" onClick={cancelSheet}>
            Cancel
          </button>
        </>
      );
    }
    case "cancelled":
      return (
        <>
          <span class="quiet">{`cancelled at ${there} of ${plural(count, "slice")}`}</span>
          <button type="button" class="chip" onClick={run}>
            Go on
          </button>
        </>
      );
    case "done":
      return <span class="quiet">{`${plural(count, "slice")} of ${SIDE}² points`}</span>;
    case "offline":
      return (
        <>
          <span class="bad">the server does not answer; it is asked again by itself</span>
          <button type="button" class="chip" onClick={begin}>
            Try now
          </button>
        </>
      );
    case "refused":
      return <span class="bad">not computed</span>;
  }
}

/** "144 slices to compute: 470 k points, about 30 s". */
function price(count: number, cost: Estimate | null): string {
  const slices = plural(count, "slice");
  const time = cost?.seconds ? `, about ${duration(cost.seconds)}` : "; how long that takes is not known yet";
  const load = cost?.download_bytes ? `; ${bytes(cost.download_bytes)} to download` : "";
  return `${slices} to compute: ${amount(pointsLeft.value)} points${time}${load}`;
}
