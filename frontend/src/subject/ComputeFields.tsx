/** How the picture is computed, beyond what the bar asks: whose runs, which points, which first token. */
import type { Contexts, Dtype } from "../api/types";
import { Choice, type Option, Toggle } from "../kit/Choice";
import { card } from "./question";
import { change, toggleTilt, view } from "./state";

const CONTEXTS: Option<Contexts>[] = [
  { value: "own", text: "each prompt’s own run (the paper)" },
  { value: "first", text: "all in A’s run" },
];

const PRECISIONS: Option<Dtype>[] = [
  { value: "float32", text: "float32: single, as a rule" },
  { value: "float64", text: "float64: double, for deep zooms; slower" },
  { value: "bfloat16", text: "bfloat16: coarse, fast where the processor has it" },
];

export default function ComputeFields() {
  const { contexts, exact, bos, dtype, tilt } = view.value;
  const own = card.value;
  return (
    <div class="menu-fields">
      <Choice
        label="Contexts"
        value={contexts}
        title="Into whose run points are written: each prompt’s own (the paper), or the first one’s for all"
        options={CONTEXTS}
        onPick={(value) => change({ contexts: value })}
      />
      <Choice
        label="Precision"
        value={dtype}
        title="What numbers are computed in; in float64 a zoom can go deeper"
        options={PRECISIONS}
        onPick={(value) => change({ dtype: value })}
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
  );
}
