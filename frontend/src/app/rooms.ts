/** The rooms by name, and how each is loaded: the main room with the page, the others when they are first entered. */
import type { ComponentType } from "preact";
import type { Room } from "../subject/view";

export interface Door {
  readonly room: Room;
  readonly text: string;
  /** What one does there, for the tab's title. */
  readonly title: string;
  readonly load?: () => Promise<{ default: ComponentType }>;
}

export const DOORS: readonly Door[] = [
  { room: "slice", text: "Slice", title: "One plane through three prompts, over training" },
  {
    room: "study",
    text: "Studies",
    title: "Thousands of pairs: sharpness over training and size, and meaning",
    load: () => import("../rooms/study/StudyPage"),
  },
  {
    room: "compare",
    text: "Compare",
    title: "Two to six fields side by side, under one cursor",
    load: () => import("../rooms/compare/ComparePage"),
  },
  {
    room: "sheet",
    text: "Sheet",
    title: "Every layer and checkpoint at once, small",
    load: () => import("../rooms/sheet/SheetPage"),
  },
];
