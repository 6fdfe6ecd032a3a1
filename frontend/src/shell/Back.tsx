/** The way out of a view that cannot be had. */
import { goBack, hasBefore } from "./history";

export function Back() {
  return (
    <button type="button" class="bare" onClick={goBack}>
      {hasBefore() ? "Back to the last view" : "To the first view"}
    </button>
  );
}
