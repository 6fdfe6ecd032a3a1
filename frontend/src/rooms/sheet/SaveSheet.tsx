/** What can be taken away of the sheet. */
import { SaveList } from "../../kit/SaveList";
import { rows } from "./cells";
import * as save from "./save";

export function SaveSheet() {
  const off = rows.value.length === 0;
  return (
    <SaveList
      entries={[
        { text: "PNG", note: "heads, sentence and recipe inside", off, run: save.png },
        { text: "CSV", note: "one row a cell", off, run: save.csv },
        { text: "Copy as Python", note: "the whole sheet, runs as pasted", run: save.python },
      ]}
    />
  );
}
