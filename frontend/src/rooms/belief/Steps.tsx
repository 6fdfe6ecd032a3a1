/** Training as a slider over the checkpoints, spaced as the logarithm of their steps. */
import { Icon } from "../../kit/icons";
import { atCheckpoint, checkpoints, frameOfRevision, playing } from "./asking";
import { goTo, togglePlaying } from "./play";

export function Steps() {
  const rows = checkpoints.value;
  const now = atCheckpoint.value;
  const row = rows[now];
  if (rows.length < 2 || !row) return null;
  const places = spread(rows.map(({ step }) => step ?? 0));
  return (
    <div class="belief-steps">
      <button
        type="button"
        class="icon"
        aria-label={playing.value ? "Pause" : "Play"}
        title="Play (space)"
        onClick={togglePlaying}
      >
        <Icon name={playing.value ? "pause" : "play"} />
      </button>
      <div class="belief-slider">
        <input
          type="range"
          min={0}
          max={rows.length - 1}
          step={1}
          value={now}
          aria-label="Training step"
          aria-valuetext={`step ${row.step ?? row.revision}`}
          onInput={(event) => {
            playing.value = false;
            goTo(Number(event.currentTarget.value));
          }}
        />
        <div class="belief-ticks" aria-hidden="true">
          {rows.map(({ revision }, n) => (
            <i
              key={revision}
              class={`${frameOfRevision(revision) ? "here" : ""} ${n === now ? "now" : ""}`}
              style={{ left: `${100 * (places[n] as number)}%` }}
            />
          ))}
        </div>
      </div>
      <output>
        step <b>{row.step?.toLocaleString("en-US") ?? row.revision}</b>
      </output>
    </div>
  );
}

/** Places of the checkpoints along the slider, 0 to 1: evenly, since they are spaced as logarithms already. */
function spread(steps: readonly number[]): number[] {
  return steps.map((_, n) => n / Math.max(1, steps.length - 1));
}
