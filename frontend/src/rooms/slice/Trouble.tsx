/** When something went wrong: what, why, and what to do next. The last picture stays behind it. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { alive } from "../../api/client";
import { Icon } from "../../kit/icons";
import { Refusal } from "../../shell/Refusal";
import { complaints } from "../../shell/store";
import { ask, phase, problem } from "./state/ask";

const POLL = 2000;

/** A passing message: a file that could not be read, a download that failed. */
export const notice = signal<string | null>(null);

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

/** What the link or a file could not give; of every room. */
export function Notices() {
  const odd = complaints.value;
  return (
    <>
      {odd.length > 0 && (
        <section class="trouble-panel mild" role="alert">
          <h2>Some of this link could not be read</h2>
          <ul>
            {odd.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <Close
            onClick={() => {
              complaints.value = [];
            }}
          />
        </section>
      )}
      {notice.value && (
        <section class="trouble-panel mild" role="alert">
          <p>{notice.value}</p>
          <Close
            onClick={() => {
              notice.value = null;
            }}
          />
        </section>
      )}
    </>
  );
}

function Close({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="icon bare trouble-close" aria-label="Dismiss" onClick={onClick}>
      <Icon name="close" />
    </button>
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
