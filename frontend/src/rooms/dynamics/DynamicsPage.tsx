/** Mean-field self-attention: the bifurcation diagram, the orbit under its hair-line, and the exponents. */

import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { CopyLink } from "../../shell/CopyLink";
import { bare, EMBEDDED } from "../../shell/chrome";
import { Everywhere, Frame } from "../../shell/Frame";
import { Notices } from "../../shell/Notices";
import { DrawnQuestions, NetworkQuestions, Presets } from "./Controls";
import { Diagram } from "./Diagram";
import { describeDiagram } from "./describe";
import { rest, startGlide } from "./glide";
import { keys } from "./keys";
import { lengthOpen } from "./length/asking";
import { LengthSheet } from "./length/LengthSheet";
import { shows } from "./link";
import { begin, setting } from "./measured";
import { SaveDynamics } from "./SaveDynamics";
import { Seeds } from "./Seeds";
import { Series } from "./Series";
import { Side } from "./Side";
import { Standing } from "./Standing";
import { stop } from "./work/pool";
import "../../shell/hall.css";
import "./dynamics.css";

export { keys };

/** Measures again when the window, the network or the way of starting changes; not when the hair-line moves. */
function follow(): () => void {
  let asked = "";
  const end = effect(() => {
    const { from, to, sweep } = shows.value;
    const now = JSON.stringify([setting.value, from, to, sweep]);
    if (now === asked) return;
    asked = now;
    begin();
  });
  return () => {
    end();
    rest();
    stop();
  };
}

/** The picture in words. */
function Sentence() {
  return (
    <p id="dynamics-sentence" class="sentence">
      {describeDiagram()}
    </p>
  );
}

export default function DynamicsPage() {
  useEffect(follow, []);
  useEffect(() => startGlide(ASKED), []);
  const only = bare.value || EMBEDDED;
  return (
    <div class={`hall dynamics${only ? " bare" : ""}`}>
      {!only && (
        <Frame>
          <NetworkQuestions />
          <div class="bar-actions">
            <button type="button" class="bare at-length" onClick={() => (lengthOpen.value = true)}>
              At length
            </button>
            <Seeds />
            <Presets />
            <SaveDynamics />
            <CopyLink />
            <Everywhere />
          </div>
        </Frame>
      )}
      <LengthSheet />
      <main class="hall-main">
        {only && <h1 class="unseen">Mean-field dynamics of self-attention</h1>}
        <div class="hall-status">
          <DrawnQuestions />
          <Standing />
        </div>
        <div class="dynamics-plots">
          <Diagram />
          <Side />
          <Series />
        </div>
        <Sentence />
        <div class="trouble">
          <Notices />
        </div>
      </main>
    </div>
  );
}

/** Whether the link that was opened names a β; what the room writes itself comes later. */
const ASKED = /[#&]beta=/.test(location.hash);
