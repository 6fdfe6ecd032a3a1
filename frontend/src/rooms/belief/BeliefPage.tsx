/** The belief room: at the left what an optimal observer believes, at the right where the network puts the same histories. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Refusal } from "../../asking/Refusal";
import { Standing } from "../../asking/Standing";
import { Choice, Toggle } from "../../kit/Choice";
import { lazily } from "../../kit/lazily";
import { CopyLink } from "../../shell/CopyLink";
import { Everywhere, Frame } from "../../shell/Frame";
import { writeOut } from "../../shell/history";
import { Notices } from "../../shell/Notices";
import {
  atCheckpoint,
  checkpoints,
  film,
  fine,
  learning,
  modelCard,
  models,
  place,
  shown,
  simplexView,
  startBelief,
  trainedModel,
  views,
} from "./asking";
import { beliefSentence, decoded, path, truth } from "./drawn";
import { Editor } from "./Editor";
import { placeAbout } from "./frame";
import { StatesGraph } from "./Graph";
import { beliefView, showBelief, WEIGHTS } from "./link";
import { Numbers } from "./Numbers";
import { OpenInSlice } from "./OpenInSlice";
import { BeliefPanel } from "./Panel";
import { goTo, pinnedRow, playFirst, startPlaying, togglePlaying } from "./play";
import { HistoryReadout } from "./Readout";
import { SaveBeliefs } from "./SaveBeliefs";
import { Steps } from "./Steps";
import { PlaceStrip, stepPlace } from "./Strip";
import { Trained } from "./Train";
import { startTraining } from "./training";
import { resetWindow, zoomBy } from "./window";
import "./belief.css";

const Charts = lazily(() => import("./Charts"), true);

export const keys = [
  { keys: [" "], shown: "space", text: "Play or pause training", run: togglePlaying },
  { keys: ["ArrowLeft"], shown: "←", text: "Checkpoint before", run: () => goTo(atCheckpoint.peek() - 1) },
  { keys: ["ArrowRight"], shown: "→", text: "Checkpoint after", run: () => goTo(atCheckpoint.peek() + 1) },
  { keys: ["ArrowUp"], shown: "↑", text: "Place nearer to the end", run: () => stepPlace(1) },
  { keys: ["ArrowDown"], shown: "↓", text: "Place nearer to the embedding", run: () => stepPlace(-1) },
  { keys: ["+", "="], shown: "+", text: "Zoom in", run: () => zoomBy(0.75) },
  { keys: ["-"], shown: "−", text: "Zoom out", run: () => zoomBy(1 / 0.75) },
  { keys: ["0"], shown: "0", text: "The whole simplex", run: resetWindow },
  {
    keys: ["f", "F"],
    shown: "F",
    text: "The last checkpoint’s probe on all checkpoints, or one for each",
    run: () => showBelief({ frozen: !beliefView.peek().frozen }),
  },
  { keys: ["Escape"], shown: "Esc", text: "Let go of the history", run: () => (pinnedRow.value = -1) },
] as const;

export default function BeliefPage() {
  const main = useRef<HTMLElement>(null);
  const width = useSignal(0);
  useEffect(() => {
    writeOut();
    const ends = [
      startBelief(),
      startTraining(),
      startPlaying(),
      playFirst(beliefView.peek().revision !== ""),
    ];
    const watch = new ResizeObserver(([entry]) => {
      if (entry) width.value = Math.floor(entry.contentRect.width);
    });
    if (main.current) watch.observe(main.current);
    return () => {
      watch.disconnect();
      for (const end of ends) end();
    };
  }, []);
  const refused = film.status.value === "refused" ? film.problem.value : null;
  const now = shown.value;
  return (
    <div class="belief-room" data-phase={film.status.value} data-fine={fine.status.value}>
      <Frame>
        <Ask />
        <div class="bar-actions">
          <SaveBeliefs />
          <CopyLink />
          <Everywhere />
        </div>
      </Frame>
      <main class="belief-main" ref={main}>
        {(trainedModel.value || learning.value) && <PlaceStrip />}
        <Pictures width={width.value} />
        {trainedModel.value && <Steps />}
        <Trained />
        <Numbers />
        <p class="belief-sentence quiet" aria-live="polite">
          {beliefSentence.value}
        </p>
        {trainedModel.value && (
          <div class="belief-standing">
            <Standing
              of={film}
              count={{ there: film.parts.value.size, of: checkpoints.value.length, noun: "checkpoint" }}
            />
            {now && film.status.value === "done" && fine.status.value !== "empty" && <Standing of={fine} />}
          </div>
        )}
        {refused && <Refusal problem={refused} again={() => film.again()} />}
        {trainedModel.value && width.value > 0 && <Charts width={width.value} />}
        <StatesGraph />
        <Editor />
        <div class="trouble">
          <Notices />
        </div>
      </main>
    </div>
  );
}

function Ask() {
  const own = modelCard.value;
  return (
    <div class="belief-asks">
      {own && (
        <Choice
          label="Model"
          value={beliefView.value.process ? "" : own.name}
          options={[
            ...models.value.map(({ name }) => ({ value: name, text: name })),
            ...(beliefView.value.process ? [{ value: "", text: "none: a process alone" }] : []),
          ]}
          onPick={(model) =>
            model && showBelief({ model, revision: "", place: "", look: "", word: "", process: "" })
          }
        />
      )}
      {views.value.length > 1 && (
        <Choice
          label="Axes"
          value={simplexView.value?.name ?? ""}
          options={views.value.map(({ name, text }) => ({ value: name, text }))}
          onPick={(look) => showBelief({ look })}
        />
      )}
      {trainedModel.value && (
        <Choice
          label="Weights"
          value={beliefView.value.weights}
          title="How much a history counts: every word and position alike (the paper's), its probability, every history alike"
          options={WEIGHTS.map((value) => ({ value, text: value }))}
          onPick={(weights) => showBelief({ weights })}
        />
      )}
      {trainedModel.value && (
        <Toggle
          label="frozen probe"
          on={beliefView.value.frozen}
          title="A control: the last checkpoint’s probe, held on all checkpoints, instead of one fitted to each (F)"
          onFlip={(frozen) => showBelief({ frozen })}
        />
      )}
      <OpenInSlice />
    </div>
  );
}

/** Both pictures beside each other, below each other where the page is narrow, and the history that is read out. */
function Pictures({ width }: { width: number }) {
  const own = trainedModel.value;
  const young = learning.value;
  const beside = width >= 900;
  const room = beside ? width - 268 : width;
  const two = (own || young !== undefined) && room >= 620;
  const most = typeof innerHeight === "number" ? Math.max(280, innerHeight - 352) : 480;
  const side = Math.max(120, Math.min(most, Math.floor(two ? (room - 20) / 2 : room), 720));
  const targets =
    own?.process?.targets === "exact"
      ? "trained on exact next-token distributions"
      : "trained on drawn tokens";
  return (
    <div class={`belief-pictures ${two ? "two" : ""} ${beside ? "beside" : ""}`}>
      <BeliefPanel
        title="What an optimal observer believes"
        about="Each point is a history; its place is the belief after it, and its colour says the same."
        label={beliefSentence.value}
        side={width > 0 ? side : 0}
        cloud={truth}
        view={simplexView}
        path={path}
        empty="These are more histories than the page enumerates."
      />
      {own && (
        <BeliefPanel
          title="Where the network puts the same histories"
          about={`${placeAbout(place.value)}, read by an affine map; ${own.name}, ${targets}.`}
          label={`The same histories as read off ${place.value}`}
          side={width > 0 ? side : 0}
          cloud={decoded}
          view={simplexView}
          path={path}
          empty="reading …"
        />
      )}
      {young !== undefined && (
        <BeliefPanel
          title={
            young ? `Where it puts them after ${young.revision.replace("step", "")} steps` : "Training …"
          }
          about={`${placeAbout(place.value)}, read by an affine map fitted at this step.`}
          label={`The same histories as read off ${place.value} of the network in training`}
          side={width > 0 ? side : 0}
          cloud={decoded}
          view={simplexView}
          path={path}
          empty="the first weights …"
        />
      )}
      <HistoryReadout />
    </div>
  );
}
