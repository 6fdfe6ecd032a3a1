/** A refusal in words: what was found, what to do next, and the way back. */
import type { Problem } from "../api/types";

export function Refusal({ problem, again }: { problem: Problem; again: () => void }) {
  return (
    <section class="trouble-panel" role="alert">
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {problem.next && <p class="trouble-next">{problem.next}</p>}
      <div class="trouble-actions">
        <button type="button" onClick={again}>
          Try again
        </button>
        <button type="button" class="bare" onClick={() => history.back()}>
          Back to the last view
        </button>
      </div>
    </section>
  );
}
