/** From three histories to the plane that their activations span. */
import { useSignal } from "@preact/signals";
import { hashTo } from "../../shell/address";
import { view as subject } from "../../subject/state";
import { atCheckpoint, checkpoints, histories, trainedModel } from "./asking";
import { chosenRow } from "./drawn";
import { wordOf } from "./histories";

/** Three histories of one length whose beliefs are far apart: what is opened where none were chosen. */
export function OpenInSlice() {
  const picked = useSignal<readonly string[]>([]);
  const [now, model, row] = [histories.value, trainedModel.value, checkpoints.value[atCheckpoint.value]];
  if (!now?.rows || !model || !row) return null;
  const { made, rows } = now;
  const word = chosenRow.value >= 0 ? wordOf(made, rows, chosenRow.value) : "";
  const full = picked.value.length === 3;
  const far = full ? picked.value : extremes(now);
  const prompts = far as unknown as readonly [string, string, string];
  const open = subject.isOpen
    ? coloured(
        hashTo(
          "slice",
          subject.with({
            model: model.name,
            revision: row.revision,
            revisions: null,
            prompts,
            layer: Math.max(0, model.layers - 2),
          }),
        ),
      )
    : "";
  return (
    <span class="belief-bridge">
      <button
        type="button"
        class="chip"
        disabled={!word || picked.value.includes(word)}
        title="Keep this history as a corner of a slice; three span its plane"
        onClick={() => (picked.value = [...picked.value.slice(full ? 3 : 0), word])}
      >
        Keep {picked.value.length % 3 === 0 ? "A" : picked.value.length === 1 ? "B" : "C"}
      </button>
      {open && (
        <a class="chip" href={`#${open}`} title={`The plane through ${far.join(", ")}, in the slice room`}>
          Open in slice
        </a>
      )}
    </span>
  );
}

/** The same link with the plane in the beliefs' colours; what the slice room draws is a row of its own. */
function coloured(hash: string): string {
  const rows = new URLSearchParams(hash);
  rows.set("over", "belief");
  return rows.toString();
}

/** Three histories of five tokens (or fewer) that are believed to be in different states. */
function extremes({ made, rows }: NonNullable<typeof histories.value>): string[] {
  if (!rows) return [];
  const found: number[] = [];
  const size = Math.min(5, rows.length);
  for (let state = 0; state < made.states.length && found.length < 3; state++) {
    let best = -1;
    for (let row = 0; row < rows.rows; row++) {
      if (rows.size[row] !== size || found.includes(row)) continue;
      if (
        best < 0 ||
        (rows.belief[row * rows.states + state] as number) >
          (rows.belief[best * rows.states + state] as number)
      )
        best = row;
    }
    if (best >= 0) found.push(best);
  }
  while (found.length < 3) found.push([...rows.size.keys()].find((row) => !found.includes(row)) as number);
  return found.map((row) => wordOf(made, rows, row));
}
