/** The memories room: self-attention as an attractor network. It needs no language model, and for digits no server. */
import type { Room } from "../../shell/room";
import { memoriesView } from "./link";

export const memories: Room = {
  name: "memories",
  text: "Memories",
  about: "A digit is iterated by bare self-attention: does it come home?",
  states: [memoriesView],
  title() {
    const { rule, stored } = memoriesView.value;
    return `Memories · ${rule} rule, ${stored} digits`;
  },
  load: () => import("./MemoriesPage"),
};
