/** A refusal in words: what was found, what to do next, and the way back. */
import type { Problem } from "../api/types";
import { goBack, hasBefore } from "./history";

/** What the view itself has wrong is not mended by asking again, and what is next is said to programs. */
const FIELDS = ":invalid-fields";

export function Refusal({ problem, again }: { problem: Problem; again: () => void }) {
  const ours = problem.type.endsWith(FIELDS);
  return (
    <section class="trouble-panel" role="alert">
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {problem.next && !ours && <p class="trouble-next">{problem.next}</p>}
      <div class="trouble-actions">
        {!ours && (
          <button type="button" onClick={again}>
            Try again
          </button>
        )}
        <button type="button" class={ours ? "" : "bare"} onClick={goBack}>
          {hasBefore() ? "Back to the last view" : "To the first view"}
        </button>
      </div>
    </section>
  );
}
