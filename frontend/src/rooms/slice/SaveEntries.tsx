/** What can be taken away: the figure with its recipe inside, the numbers, the animation, the code. */
import { signal } from "@preact/signals";
import { type SaveEntry, SaveRows } from "../../kit/SaveList";
import { copyFrame } from "../../shell/embedding";
import { saveProgress } from "../../shell/guarded";
import * as save from "./save";
import { shown } from "./state/shown";

/** The entry that is being saved. */
const said = signal("");

const ENTRIES: readonly (SaveEntry | null)[] = [
  { text: "PNG", note: "2×, recipe inside", run: () => save.png(2) },
  { text: "PNG for print", note: "4×, recipe inside", run: () => save.png(4) },
  { text: "GIF over training", note: "captions, loops", run: save.gif },
  null,
  { text: "safetensors", note: "the result file", run: save.safetensors },
  { text: "NPZ", note: "NumPy", run: save.npz },
  { text: "CSV", note: "one row a point", run: save.csv },
  null,
  { text: "Copy as Python", note: "runs as pasted", run: save.python },
  { text: "Copy as iframe", note: "the live view, for a page", run: () => copyFrame("Stable regions") },
];

export default function SaveEntries() {
  const off = !shown.value || shown.value.stale;
  return (
    <SaveRows
      entries={ENTRIES.map(
        (entry) =>
          entry && {
            ...entry,
            off,
            note: said.value === entry.text ? (saveProgress.value ?? "…") : entry.note,
            run: () => saying(entry),
          },
      )}
    />
  );
}

/** Runs an entry, and marks it meanwhile. */
async function saying(entry: SaveEntry): Promise<void> {
  said.value = entry.text;
  try {
    await entry.run();
  } finally {
    said.value = "";
  }
}
