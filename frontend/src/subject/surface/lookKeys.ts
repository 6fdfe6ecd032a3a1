/** Keys of what is laid over a plane, in the rooms that show planes. */
import type { KeyRow } from "../../shell/keys";
import { change, view } from "../state";

export const LOOK_KEYS: readonly KeyRow[] = [
  {
    keys: ["n", "N"],
    shown: "N",
    text: "names of regions",
    run: () => change({ names: !view.peek().names }),
  },
  {
    keys: ["c", "C"],
    shown: "C",
    text: "border lines",
    run: () => change({ contours: !view.peek().contours }),
  },
];
