/** The slice room: one plane through three prompts, over training. */
import type { Room } from "../../shell/room";
import { noModel } from "../../subject/noModel";
import { view } from "../../subject/state";
import { sliceView } from "./state/view";

export const slice: Room = {
  name: "slice",
  text: "Slice",
  about: "One plane through three prompts, over training",
  states: [view, sliceView],
  title() {
    const { model, revision, layer } = view.value;
    return `${model} · ${revision} · layer ${layer}`;
  },
  closed: noModel,
  load: () => import("./room"),
};
