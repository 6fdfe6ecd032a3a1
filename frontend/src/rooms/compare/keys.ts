/** The keys of the compare room: they act on all its fields. */
import { sameWindow, WHOLE } from "../../field/view";
import { bare } from "../../shell/chrome";
import type { KeyRow } from "../../shell/keys";
import { change, view } from "../../subject/state";
import { LOOK_KEYS } from "../../subject/surface/lookKeys";
import { goHome, ZOOM_KEYS } from "../../subject/surface/zoom";

function leave(): void {
  if (bare.peek()) bare.value = false;
  else if (view.peek().pin) change({ pin: null });
  else if (!sameWindow(view.peek().window, WHOLE)) goHome();
}

export const keys: readonly KeyRow[] = [
  ...ZOOM_KEYS,
  ...LOOK_KEYS,
  { keys: ["Escape"], shown: "Esc", text: "let go of the point, the zoom", run: leave },
];
