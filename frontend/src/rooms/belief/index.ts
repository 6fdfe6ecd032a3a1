/** The belief room: a hidden process, what an observer believes, and where a network puts it while it trains. */
import type { Room } from "../../shell/room";
import { beliefView } from "./link";

export const belief: Room = {
  name: "belief",
  text: "Beliefs",
  about: "Hidden processes, and their beliefs in the residual stream",
  states: [beliefView],
  title: () => `Beliefs · ${beliefView.value.model || "mess3-2l"}`,
  load: () => import("./BeliefPage"),
};
