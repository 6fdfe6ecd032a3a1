/** Which checkpoint the view is of, for rooms without the scrubber. */
import { momentText } from "../scrubber/moments";
import { card, change, frameNames, view } from "../state/store";
import { Choice } from "./Choice";

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
