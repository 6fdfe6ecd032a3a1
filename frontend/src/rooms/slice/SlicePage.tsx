/** The main room: prompts, picture, training, and what is known about them, on one screen. */
import { lazily } from "../../kit/lazily";
import { oneColumn } from "../../kit/oneColumn";
import { bare, EMBEDDED } from "../../shell/chrome";
import { view } from "../../subject/state";
import { EnlargedSheet } from "./curve/EnlargedSheet";
import { Field } from "./Field";
import { OverlayKey } from "./Overlay";
import { Cards } from "./PromptCards";
import { FormingSheet } from "./regions/FormingSheet";
import { Side } from "./Side";
import { SliceBar } from "./SliceBar";
import { Status } from "./Status";
import { Scrubber } from "./scrubber/Scrubber";
import { phase } from "./state/refine";
import { box } from "./state/shown";
import { Trouble } from "./Trouble";
import "./slice.css";
import "./status.css";
import "./picture.css";
import "./readout.css";
import "../../shell/trouble.css";

const Turn = lazily(() => import("./regions/Turn"), true);
const Pinned = lazily(() => import("./Pinned"), true);
const Price = lazily(() => import("./Price"));

export function SlicePage() {
  const only = bare.value || EMBEDDED;
  return (
    <div data-phase={phase.value} class={`room${only ? " bare" : ""}${EMBEDDED ? " embedded" : ""}`}>
      {!only && <SliceBar />}
      {!only && <Cards />}
      <main class="centre" style={{ "--side": `${box.value.width}px` }}>
        {only && <h1 class="unseen">Stable Regions Explorer</h1>}
        <Status />
        {phase.value === "priced" ? <Price /> : <Field />}
        {oneColumn.value && !only && view.value.pin && <Pinned />}
        {view.value.tilt && <Turn />}
        {phase.value !== "priced" && <OverlayKey />}
        <Trouble />
      </main>
      {!only && <Side />}
      <Scrubber />
      <FormingSheet />
      <EnlargedSheet />
    </div>
  );
}
