/** How the whole page looks, in every room: its theme and its palette. */
import { PALETTES, type Palette } from "../field/colour";
import { rowsOf } from "./row";
import { State } from "./state";

export const THEMES = ["system", "light", "dark", "projector"] as const;
export type Theme = (typeof THEMES)[number];

export interface Look {
  readonly palette: Palette;
  readonly theme: Theme;
}

const PLAIN: Look = { palette: "paper", theme: "system" };

const { choice } = rowsOf<Look>();

export const look = new State<Look>({
  rows: { pal: choice("palette", PALETTES, PLAIN.palette), theme: choice("theme", THEMES, PLAIN.theme) },
  first: () => PLAIN,
});
