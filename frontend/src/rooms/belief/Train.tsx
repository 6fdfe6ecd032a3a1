/** Below the process: a network of its own, trained while one looks on. */
import { Refusal } from "../../asking/Refusal";
import { Standing } from "../../asking/Standing";
import { Choice } from "../../kit/Choice";
import { chosen, isTraining, leaveTraining, STEPS, TARGETS, train, training } from "./training";

export function Train({ ready }: { readonly ready: boolean }) {
  const { steps, targets } = chosen.value;
  if (isTraining.value) return null;
  return (
    <div class="belief-train">
      <button
        type="button"
        class="primary"
        disabled={!ready}
        title="Two blocks of 64 that read eight tokens; it becomes a model of its own, in every room"
        onClick={train}
      >
        Train a network on it
      </button>
      <Choice
        label="Steps"
        value={steps}
        options={STEPS.map((value) => ({ value, text: value.toLocaleString("en-US") }))}
        onPick={(value) => (chosen.value = { ...chosen.peek(), steps: value })}
      />
      <Choice
        label="Targets"
        value={targets}
        title="What is learned at each position: the exact chances of the next token, or the token that was drawn"
        options={TARGETS.map((value) => ({
          value,
          text: value === "exact" ? "exact chances" : "drawn tokens",
        }))}
        onPick={(value) => (chosen.value = { ...chosen.peek(), targets: value })}
      />
    </div>
  );
}

/** How far the training is, below the pictures. */
export function Trained() {
  if (!isTraining.value) return null;
  const refused = training.status.value === "refused" ? training.problem.value : null;
  return (
    <div class="belief-train" data-phase={training.status.value}>
      <Standing of={training} />
      {refused && <Refusal problem={refused} again={() => training.again()} />}
      <button type="button" class="chip" onClick={leaveTraining}>
        Leave it
      </button>
    </div>
  );
}
