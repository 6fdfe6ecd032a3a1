/** The dynamics room: mean-field self-attention, with β under the hand. Computed in the page. */
import type { Room } from "../../shell/room";
import { dynamics } from "./link";

export const dynamicsRoom: Room = {
  name: "dynamics",
  text: "Dynamics",
  about: "Mean-field self-attention: order and chaos as β grows",
  states: [dynamics],
  title: () => `Dynamics · seed ${dynamics.value.seed} · β ${dynamics.value.from} to ${dynamics.value.to}`,
  load: () => import("./DynamicsPage"),
};
