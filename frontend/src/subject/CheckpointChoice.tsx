/** Which checkpoint the view is of, for rooms without the scrubber. */
import { Choice } from "../kit/Choice";
import { card, frameNames } from "./question";
import { change, view } from "./state";
import { momentText } from "./time/moments";

export function CheckpointChoice() {
  const { revision } = view.value;
  return (
    <Choice
      label="Checkpoint"
      value={revision}
      options={[...new Set([...frameNames.value, revision])].map((name) => ({
        value: name,
        text: momentText(card.value, name),
      }))}
      onPick={(name) => change({ revision: name })}
    />
  );
}
