/** The study room: thousands of pairs instead of one picture. */
import type { Room } from "../../shell/room";
import { noModelListed } from "../../subject/noModel";
import { studyView } from "./link";

export const study: Room = {
  name: "study",
  text: "Studies",
  about: "Thousands of pairs: sharpness over training and size, and meaning",
  states: [studyView],
  title() {
    const { section, models, meaningModel } = studyView.value;
    return section === "meaning" ? `Meaning · ${meaningModel}` : `Sharpness · ${models.join(", ")}`;
  },
  closed: noModelListed,
  load: () => import("./StudyPage"),
};
