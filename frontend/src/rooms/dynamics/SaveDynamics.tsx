/** What can be taken away of the room. */
import { SaveList } from "../../kit/SaveList";
import { layers } from "./layout";
import * as save from "./save";

export function SaveDynamics() {
  const off = layers.value.every((columns) => columns.length === 0);
  return (
    <SaveList
      entries={[
        { text: "PNG", note: "sentence and recipe inside", off, run: save.png },
        { text: "CSV", note: "one row a value of β", off, run: save.csv },
        { text: "GIF", note: "the hair-line glides once", off, run: save.film },
      ]}
    />
  );
}
