/** What can be taken away of the enlarged view. */
import { signal } from "@preact/signals";
import { closeMenus, Menu } from "../../../kit/Menu";
import { copyPython, savable, saveCsv, saveImage } from "./savable";

const working = signal("");

const ENTRIES = [
  { text: "PNG", note: "2×", run: () => saveImage("png") },
  { text: "SVG", note: "for print", run: () => saveImage("svg") },
  { text: "CSV", note: "one row a point", run: saveCsv },
  { text: "Copy as Python", note: "runs as pasted", run: copyPython },
] as const;

export function SaveCurve() {
  return (
    <Menu label="Save the curve">
      {ENTRIES.map(({ text, note, run }) => (
        <button
          key={text}
          type="button"
          class="menu-entry"
          disabled={savable.value === null}
          onClick={async () => {
            working.value = text;
            await run();
            working.value = "";
            closeMenus();
          }}
        >
          {text}
          <small>{working.value === text ? "…" : note}</small>
        </button>
      ))}
    </Menu>
  );
}
