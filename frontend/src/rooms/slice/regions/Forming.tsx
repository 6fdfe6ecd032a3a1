/** How regions form over training: lines, tracks, and what happened, of the plane on screen. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { phenomena } from "../../../field/timeline";
import { frameNames } from "../../../subject/question";
import { early, formed } from "../state/forming";
import { sliceView } from "../state/view";
import { Agree } from "./Agree";
import { EventTable } from "./EventTable";
import { Lines } from "./Lines";
import { Tracks } from "./Tracks";
import { numberText } from "./words";
import "./forming.css";

export default function Forming() {
  const own = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  useEffect(() => {
    if (!own.current) return;
    const watch = new ResizeObserver(([entry]) => {
      width.value = Math.floor(entry?.contentRect.width ?? 0);
    });
    watch.observe(own.current);
    return () => watch.disconnect();
  }, [width]);
  const answer = formed.answer.value;
  const told = formed.own.value;
  const { agree, threshold } = sliceView.value;
  return (
    <div ref={own} class="forming-inner">
      <Agree />
      <State />
      {told && (
        <p class="forming-sentence">
          {phenomena(told)}
          {agree === "output" && threshold !== null && (
            <span class="quiet"> Neighbours within {numberText(threshold)} are one region.</span>
          )}
        </p>
      )}
      {width.value > 0 && frameNames.value.length > 1 && <Lines width={width.value} />}
      {answer && width.value > 0 && (
        <div class={answer.stale ? "stale" : ""}>
          <Tracks timeline={answer.value} width={width.value} />
        </div>
      )}
      {told && <EventTable timeline={told} />}
      {told && told.skipped.length > 0 && (
        <p class="quiet">Left out, since it could not be had: {told.skipped.join(", ")}.</p>
      )}
    </div>
  );
}

/** How far it is, with a way to stop it; or why it cannot be. */
function State() {
  const progress = formed.progress.value;
  const problem = formed.problem.value;
  if (problem) {
    return (
      <div role="alert" class="forming-state">
        <p>
          <span class="bad">{problem.title}:</span> {problem.detail} {problem.next}
        </p>
        <button type="button" class="chip" onClick={() => formed.again()}>
          Try again
        </button>
      </div>
    );
  }
  if (formed.cancelled.value && !formed.own.value) {
    return (
      <div class="forming-state" role="status">
        <p>
          Stopped at {early.value.size} of {frameNames.value.length} checkpoints.
        </p>
        <button type="button" class="chip" onClick={() => formed.again()}>
          Go on
        </button>
      </div>
    );
  }
  if (!progress) {
    return frameNames.value.length < 2 ? <p>One checkpoint has no history: choose several.</p> : null;
  }
  return (
    <div class="forming-state" role="status">
      <p>
        Regions of {early.value.size} of {frameNames.value.length} checkpoints are there …
      </p>
      <progress class="bar-progress" max={1} value={progress.share} aria-label="Computed" />
      <button type="button" class="chip" onClick={() => formed.cancel()}>
        Cancel
      </button>
    </div>
  );
}
