/** The contact sheet: every layer and checkpoint at once, small. */
import type { Room } from "../../shell/room";
import { noModel } from "../../subject/noModel";
import { view } from "../../subject/state";
import { sheetView } from "./link";

export const sheet: Room = {
  name: "sheet",
  text: "Sheet",
  about: "Every layer and checkpoint at once, small",
  states: [view, sheetView],
  title: () => `Sheet · ${view.value.model}`,
  closed: noModel,
  load: () => import("./SheetPage"),
};
