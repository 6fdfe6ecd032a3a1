/** What the points of a region have in common. */
import { change, view } from "../../../shell/store";
import type { Agree as Kind } from "../../../subject/view";
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
          aria-pressed={view.value.agree === value}
          onClick={() => change({ agree: value })}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
