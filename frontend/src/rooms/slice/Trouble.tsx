/** When something went wrong: what, why, and what to do next. The last picture stays behind it. */
import { useEffect } from "preact/hooks";
import { alive } from "../../api/client";
import { Notices } from "../../shell/Notices";
import { Refusal } from "../../shell/Refusal";
import { ask, phase, problem } from "./state/ask";

const POLL = 2000;

export function Trouble() {
  const offline = phase.value === "offline";
  const found = problem.value;
  return (
    <div class="trouble">
      {offline && <Offline />}
      {phase.value === "refused" && found && <Refusal problem={found} again={ask} />}
      <Notices />
    </div>
  );
}

/** The server is gone: looks every two seconds whether it is back, and then asks again by itself. */
function Offline() {
  useEffect(() => {
    const timer = setInterval(() => {
      void alive().then((back) => {
        if (back && phase.peek() === "offline") ask();
      });
    }, POLL);
    return () => clearInterval(timer);
  }, []);
  return (
    <section class="trouble-panel" role="alert">
      <h2>The server does not answer</h2>
      <p>What has arrived stays here: scrubbing, hovering and downloads still work.</p>
      <p class="trouble-next">
        Start it again with <code>stable-regions serve</code>; this page looks every two seconds and goes on
        by itself.
      </p>
      <div class="trouble-actions">
        <button type="button" onClick={ask}>
          Try now
        </button>
      </div>
    </section>
  );
}
