/** What can be taken away: the figure with its recipe inside, the numbers, the animation, the code. */
import { signal } from "@preact/signals";
import * as save from "../pages/slice/save";
import { shown } from "../state/shown";
import { closeMenus } from "./Menu";

const said = signal("");

interface Entry {
  readonly text: string;
  readonly note: string;
  readonly run: () => Promise<void> | void;
}

const ENTRIES: readonly (Entry | null)[] = [
  { text: "PNG", note: "2×, recipe inside", run: () => save.png(2) },
  { text: "PNG for print", note: "4×, recipe inside", run: () => save.png(4) },
  { text: "GIF over training", note: "captions, loops", run: save.gif },
  null,
  { text: "safetensors", note: "the result file", run: save.safetensors },
  { text: "NPZ", note: "NumPy", run: save.npz },
  { text: "CSV", note: "one row a point", run: save.csv },
  null,
  { text: "Copy as Python", note: "runs as pasted", run: save.python },
];

export default function SaveEntries() {
  const ready = Boolean(shown.value && !shown.value.stale);
  return (
    <>
      {ENTRIES.map((entry, n) =>
        entry === null ? (
          <hr key={n} />
        ) : (
          <button
            key={entry.text}
            type="button"
            class="menu-entry"
            disabled={!ready}
            onClick={async () => {
              said.value = `${entry.text} …`;
              await entry.run();
              said.value = "";
              closeMenus();
            }}
          >
            {entry.text}
            <small>
              {said.value.startsWith(`${entry.text} `) ? (save.progress.value ?? "…") : entry.note}
            </small>
          </button>
        ),
      )}
    </>
  );
}
