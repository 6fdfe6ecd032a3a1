/** How regions form over training: lines, tracks, and what happened, of the plane on screen. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Standing } from "../../../asking/Standing";
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
  const count = frameNames.value.length;
  if (count < 2) return <p>One checkpoint has no history: choose several.</p>;
  if (formed.own.value) return null;
  return (
    <div class="forming-state">
      <Standing of={formed} count={{ there: early.value.size, of: count, noun: "checkpoint" }} reasons />
    </div>
  );
}
