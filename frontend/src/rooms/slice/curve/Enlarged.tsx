/** The enlarged curve: over training, by layer, and looked into; with its numbers, names and files. */
import { useEffect } from "preact/hooks";
import { whole } from "../../../kit/numbers";
import { notice } from "../../../shell/notice";
import { frameNames } from "../../../subject/question";
import { steps } from "../../../subject/time/steps";
import { looked } from "../state/inside";
import { layered } from "../state/layers";
import { place, show } from "../state/play";
import type { Enlarged as Tab } from "../state/view";
import { sliceView } from "../state/view";
import { Edges } from "./Edges";
import { InsideTab } from "./InsideTab";
import { LayersTab } from "./LayersTab";
import { SaveCurve } from "./SaveCurve";
import { figure, savable } from "./savable";
import { TrainingTab } from "./TrainingTab";
import "./enlarged.css";

const TABS: readonly { readonly value: Tab; readonly text: string }[] = [
  { value: "training", text: "Over training" },
  { value: "layers", text: "By layer" },
  { value: "inside", text: "Look inside" },
];

layered.start();
looked.start();

export default function Enlarged() {
  const tab = sliceView.value.enlarged ?? "training";
  useEffect(
    () => () => {
      savable.value = null;
      figure.value = null;
    },
    [tab],
  );
  return (
    <div class="enlarged-inner">
      <div class="enlarged-head">
        <Edges />
        <div class="enlarged-tabs" role="group" aria-label="How it is looked at">
          {TABS.map(({ value, text }) => (
            <button
              key={value}
              type="button"
              aria-pressed={value === tab}
              onClick={() => sliceView.change({ enlarged: value })}
            >
              {text}
            </button>
          ))}
        </div>
        <Checkpoint />
        <SaveCurve />
      </div>
      {notice.value && (
        <p class="bad" role="status">
          {notice.value}
        </p>
      )}
      {tab === "training" && <TrainingTab />}
      {tab === "layers" && <LayersTab />}
      {tab === "inside" && <InsideTab />}
    </div>
  );
}

/** The scrubber in small, since the page's own lies under the sheet. */
function Checkpoint() {
  const names = frameNames.value;
  if (names.length < 2) return null;
  const here = place.value;
  const { unit, values } = steps.value;
  const said = unit === "checkpoints" ? (names[here] ?? "") : `${whole(values[here] ?? 0)} ${unit}`;
  return (
    <label class="checkpoint">
      <span class="unseen">Checkpoint</span>
      <input
        type="range"
        min={0}
        max={names.length - 1}
        value={here}
        aria-valuetext={said}
        onInput={(event) => show(Number(event.currentTarget.value))}
      />
      <output>{said}</output>
    </label>
  );
}
