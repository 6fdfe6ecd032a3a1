/** What the points of a region have in common. */
import type { Agree as Kind } from "../state/view";
import { sliceView } from "../state/view";
import "./agree.css";

const KINDS: readonly { readonly value: Kind; readonly text: string }[] = [
  { value: "token", text: "next token" },
  { value: "output", text: "outputs" },
];

export function Agree() {
  return (
    <div class="agree" role="group" aria-label="Points of a region agree in their">
      <span class="quiet">agree by</span>
      {KINDS.map(({ value, text }) => (
        <button
          key={value}
          type="button"
          class="chip"
          aria-pressed={sliceView.value.agree === value}
          onClick={() => sliceView.change({ agree: value })}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
