/** What can be taken away of the room. */
import { SaveList } from "../../kit/SaveList";
import { layers } from "./layout";
import { there } from "./length/asking";
import * as save from "./save";

export function SaveDynamics() {
  const off = layers.value.every((columns) => columns.length === 0);
  return (
    <SaveList
      entries={[
        { text: "PNG", note: "sentence and recipe inside", off, run: save.png },
        { text: "CSV", note: "one row a value of β", off, run: save.csv },
        { text: "GIF", note: "the hair-line glides once", off, run: save.film },
        { text: "NPZ", note: "NumPy, what was computed at length", off: !there.value, run: save.npz },
        null,
        { text: "Copy as Python", note: "the diagram, runs as pasted", run: () => save.python() },
        { text: "Copy the orbit as Python", note: "that of the hair-line", run: save.orbitPython },
        { text: "Request", note: "for stable-regions ask", run: save.request },
      ]}
    />
  );
}
