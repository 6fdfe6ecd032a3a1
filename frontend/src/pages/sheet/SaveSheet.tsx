/** What can be taken away of the sheet. */
import { closeMenus, Menu } from "../../controls/Menu";
import { rows } from "./cells";
import * as save from "./save";

const ENTRIES = [
  { text: "PNG", note: "heads, sentence and recipe inside", run: save.png },
  { text: "CSV", note: "one row a cell", run: save.csv },
  { text: "Copy as Python", note: "the whole sheet, runs as pasted", run: save.python },
] as const;

export function SaveSheet() {
  const empty = rows.value.length === 0;
  return (
    <Menu label="Save">
      {ENTRIES.map(({ text, note, run }) => (
        <button
          key={text}
          type="button"
          class="menu-entry"
          disabled={empty && text !== "Copy as Python"}
          onClick={async () => {
            await run();
            closeMenus();
          }}
        >
          {text}
          <small>{note}</small>
        </button>
      ))}
    </Menu>
  );
}
