/** Which line: one of the three edges, or the one that was drawn. */
import { EDGES, edgeOf, endName, type Line, lineName, sameLine } from "../../../field/line";
import { drawnLine, hovered, keepLine, line } from "../state/line";
import { sliceView } from "../state/view";

export function Edges() {
  const chosen = sliceView.value.line;
  const free = edgeOf(chosen) ? drawnLine.value : chosen;
  const choices: readonly Line[] = free ? [...EDGES, free] : EDGES;
  return (
    <div class="edges" role="group" aria-label="Line">
      {choices.map((one) => (
        <button
          key={lineName(one)}
          type="button"
          class={`edge${sameLine(one, line.value) ? " seen" : ""}`}
          aria-pressed={sameLine(one, chosen)}
          title={edgeOf(one) ? "Next edge (E)" : "The line that was drawn"}
          onClick={() => {
            hovered.value = null;
            keepLine(one);
          }}
        >
          {endName(one, 0)}
          <span aria-hidden="true">→</span>
          <span class="unseen"> to </span>
          {endName(one, 1)}
        </button>
      ))}
    </div>
  );
}
