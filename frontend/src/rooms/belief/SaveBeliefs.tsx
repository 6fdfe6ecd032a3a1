/** What can be taken away of the room. */
import { SaveList } from "../../kit/SaveList";
import { histories, shown, trainedModel } from "./asking";
import { moments } from "./moments";
import * as save from "./save";

export function SaveBeliefs() {
  const rows = !histories.value?.rows;
  const read = trainedModel.value !== null && shown.value !== null;
  return (
    <SaveList
      entries={[
        { text: "PNG", note: "both pictures, recipe inside", off: rows, run: save.png },
        { text: "GIF", note: "training, at this place", off: moments.value.length < 2, run: save.gif },
        null,
        { text: "CSV", note: "one row a history", off: rows, run: save.csv },
        { text: "NPZ", note: "NumPy, all places that were read", off: !read, run: save.npz },
        null,
        { text: "Copy as Python", note: "runs as pasted", run: save.python },
        { text: "Request", note: "for stable-regions ask", run: save.request },
      ]}
    />
  );
}
