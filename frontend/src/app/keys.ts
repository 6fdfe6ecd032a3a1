/** Keys that are everybody's: they act in every room. */

import { copyLink } from "../shell/CopyLink";
import { bare, fullScreen } from "../shell/chrome";
import type { KeyRow } from "../shell/keys";
import { look, THEMES } from "../shell/look";
import { galleryOpen, helpOpen, talkOpen } from "../shell/sheets";
import { chooseModel } from "../subject/chooser/open";

export const KEYS: readonly KeyRow[] = [
  {
    keys: ["p", "P"],
    shown: "P",
    text: "colour-blind safe palette",
    run: () => look.change({ palette: look.peek().palette === "safe" ? "paper" : "safe" }),
  },
  {
    keys: ["i", "I"],
    shown: "I",
    text: "next theme",
    run: () =>
      look.change({ theme: THEMES[(THEMES.indexOf(look.peek().theme) + 1) % THEMES.length] ?? "system" }),
  },
  { keys: ["f", "F"], shown: "F", text: "full screen", run: () => void fullScreen() },
  { keys: ["h", "H"], shown: "H", text: "only the picture, or all of the page", run: toggleBare },
  { keys: ["Escape"], shown: "Esc", text: "all of the page again", run: () => (bare.value = false) },
  { keys: ["g", "G"], shown: "G", text: "presets", run: () => (galleryOpen.value = true) },
  { keys: ["t", "T"], shown: "T", text: "talk: views in order", run: () => (talkOpen.value = true) },
  { keys: ["m", "M"], shown: "M", text: "more models", run: chooseModel },
  { keys: ["y", "Y"], shown: "Y", text: "copy the link", run: () => void copyLink() },
  { keys: ["?"], shown: "?", text: "this sheet", run: () => (helpOpen.value = true) },
];

function toggleBare(): void {
  bare.value = !bare.peek();
}
