/** How the picture is computed, beyond what the bar asks: whose runs, which points, which first token. */
import type { Contexts } from "../api/types";
import { card, change, view } from "../state/store";
import { toggleTilt } from "../state/tilt";
import { Choice, type Option, Toggle } from "./Choice";
import { Menu } from "./Menu";

const CONTEXTS: Option<Contexts>[] = [
  { value: "own", text: "each prompt’s own run (the paper)" },
  { value: "first", text: "all in A’s run" },
];

export function ComputeMenu() {
  const { contexts, exact, bos, tilt } = view.value;
  const own = card.value;
  return (
    <Menu label="Compute" title="How it is computed">
      <div class="menu-fields">
        <Choice
          label="Contexts"
          value={contexts}
          title="Into whose run points are written: each prompt’s own (the paper), or the first one’s for all"
          options={CONTEXTS}
          onPick={(value) => change({ contexts: value })}
        />
        <Toggle
          label="exact: compute every point"
          on={exact}
          title="Off: only where neighbours disagree, the rest interpolated within a bound"
          onFlip={(on) => change({ exact: on })}
        />
        <Toggle
          label="rotate the plane"
          on={tilt !== null}
          title="Turn the plane about the line from A to B, towards a random direction (R)"
          onFlip={toggleTilt}
        />
        <Toggle
          label="begin prompts with BOS"
          on={bos ?? own?.prepend_bos ?? false}
          title="Begin every prompt with the beginning-of-sequence token (prepend_bos)"
          onFlip={(on) => change({ bos: on === own?.prepend_bos ? null : on })}
        />
      </div>
    </Menu>
  );
}
