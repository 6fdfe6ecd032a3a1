/** What can be taken away of the fields. */
import { SaveList } from "../../kit/SaveList";
import { asked } from "./fields";
import * as save from "./save";

export function SaveFields() {
  const off = !asked.value.some((one) => one?.slice);
  return (
    <SaveList
      entries={[
        { text: "PNG", note: "all fields, recipe inside", off, run: save.png },
        { text: "Copy as Python", note: "a request a field, runs as pasted", run: save.python },
      ]}
    />
  );
}
