/** The compare room: two to six fields side by side. */
import type { Room } from "../../shell/room";
import { noModel } from "../../subject/noModel";
import { view } from "../../subject/state";
import { compareView } from "./link";

export const compare: Room = {
  name: "compare",
  text: "Compare",
  about: "Two to six fields side by side, under one cursor",
  states: [view, compareView],
  title: () => `Compare · ${view.value.model} · ${view.value.distance}`,
  closed: noModel,
  load: () => import("./ComparePage"),
};
