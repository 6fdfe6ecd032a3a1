/** Why there is no sheet: what was found, and what to do next. What has arrived stays behind it. */
import { begin, phase, problem } from "./asking";

export function Refused() {
  const found = problem.value;
  if (phase.value !== "refused" || !found) return null;
  return (
    <section class="trouble-panel" role="alert">
      <h2>{found.title}</h2>
      <p>{found.detail}</p>
      {found.next && <p class="trouble-next">{found.next}</p>}
      <div class="trouble-actions">
        <button type="button" onClick={begin}>
          Try again
        </button>
        <button type="button" class="bare" onClick={() => history.back()}>
          Back to the last view
        </button>
      </div>
    </section>
  );
}
