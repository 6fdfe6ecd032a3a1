/** Where in training the chosen checkpoints lie: a log axis, all of them faint, the chosen ones strong. */
import type { RevisionCard } from "../../api/types";
import { momentsOf, position } from "../time/steps";

export function Strip({
  revisions,
  chosen,
}: {
  revisions: readonly RevisionCard[];
  chosen: readonly string[];
}) {
  const known = revisions.filter((row) => row.step !== null || row.tokens !== null);
  if (known.length < 2) return null;
  const moments = momentsOf(known);
  const picked = new Set(chosen);
  return (
    <div class="strip" aria-hidden="true">
      {known.map((row, i) => (
        <span
          key={row.revision}
          class={picked.has(row.revision) ? "picked" : ""}
          style={{ left: `${100 * position(moments, i)}%` }}
        />
      ))}
    </div>
  );
}
