/** A room: one value, handed to the shell. Nothing of a room lies outside its folder but its row in `app/rooms.ts`. */
import type { ComponentType } from "preact";
import type { Problem } from "../api/types";
import type { KeyRow } from "./keys";
import type { Linked } from "./state";

export interface Room {
  /** In the link: `room=name`. */
  readonly name: string;
  /** On its tab. */
  readonly text: string;
  /** What one does there, in a line: the tab's tooltip. */
  readonly about: string;
  /** What its link holds: its own state, and the subject's where it shows a language model. */
  readonly states: readonly Linked[];
  /** What is on screen, for the window's title and the history's. */
  title(): string;
  /** Why there is nothing to show in it now; null where there is. */
  closed?(): Problem | null;
  /** Its page, fetched when it is first entered. */
  load(): Promise<RoomModule>;
}

export interface RoomModule {
  /** The page, drawn while the room is open. */
  readonly default: ComponentType;
  /** Its keys; they act while the room is open. */
  readonly keys?: readonly KeyRow[];
  /** Called once, when the page is there and the link is read. */
  readonly start?: () => void;
}
