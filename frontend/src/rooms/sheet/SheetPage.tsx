/** The contact sheet: the present view at many layers and checkpoints at once, small, each a way into the main room. */
import { useEffect } from "preact/hooks";
import { Standing } from "../../asking/Standing";
import { Trouble } from "../../asking/Trouble";
import { sameWindow, WHOLE } from "../../field/view";
import { Choice } from "../../kit/Choice";
import { plural } from "../../kit/numbers";
import { Back } from "../../shell/Back";
import { CopyLink } from "../../shell/CopyLink";
import { bare, EMBEDDED } from "../../shell/chrome";
import { Everywhere, Frame } from "../../shell/Frame";
import { Notices } from "../../shell/Notices";
import { LookMenu } from "../../subject/LookMenu";
import { PromptStrip } from "../../subject/prompts/PromptStrip";
import { Questions } from "../../subject/Questions";
import { change, view } from "../../subject/state";
import { About } from "./About";
import { counted, sheet, startSheet } from "./asking";
import { ChooseLayers, ChooseRevisions } from "./Choose";
import { SIDE, shownCells } from "./cells";
import { Grid } from "./Grid";
import { type Heat, sheetView } from "./link";
import { SaveSheet } from "./SaveSheet";
import "../../shell/hall.css";
import "./contact.css";

const HEATS: { value: Heat; text: string }[] = [
  { value: "none", text: "only pictures" },
  { value: "sharpness", text: "sharpness, A to B" },
  { value: "regions", text: "number of regions" },
];

export default function SheetPage() {
  useEffect(startSheet, []);
  const only = bare.value || EMBEDDED;
  return (
    <div class={`hall${only ? " bare" : ""}`} data-phase={sheet.status.value}>
      {!only && (
        <Frame>
          <Questions without={["Layer", "Grid"]} />
          <div class="bar-actions">
            <LookMenu />
            <SaveSheet />
            <CopyLink />
            <Everywhere />
          </div>
        </Frame>
      )}
      {!only && <PromptStrip />}
      <main class="hall-main">
        {only && <h1 class="unseen">Stable Regions Explorer</h1>}
        <div class="hall-status">
          <div class="hall-tools">
            <ChooseRevisions />
            <ChooseLayers />
            <Choice
              label="In the cells"
              value={sheetView.value.heat}
              options={HEATS}
              onPick={(heat) => sheetView.change({ heat })}
            />
            {!sameWindow(view.value.window, WHOLE) && (
              <button type="button" class="chip" onClick={() => change({ window: WHOLE })}>
                zoomed in · reset
              </button>
            )}
          </div>
          <div class="hall-how">
            <Standing of={sheet} count={counted()}>
              {plural(shownCells.value.length, "slice")} of {SIDE}² points
            </Standing>
          </div>
        </div>
        <div class="contact">
          <Grid />
          <About />
        </div>
        <div class="trouble">
          <Trouble of={sheet}>
            <Back />
          </Trouble>
          <Notices />
        </div>
      </main>
    </div>
  );
}
