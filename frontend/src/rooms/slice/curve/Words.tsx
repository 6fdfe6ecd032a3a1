/** The names along a line, each as wide as its stretch. */
import type { Along } from "../../../field/along";
import { shown } from "../../../field/names";

/** A name narrower than this share of the way is a mark without a word. */
const LEAST = 0.07;

export function Words({ along, left, right }: { along: Along; left: number; right: number }) {
  return (
    <ol
      class="words"
      style={{ marginLeft: `${left}px`, marginRight: `${right}px` }}
      aria-label="Next tokens along the line"
    >
      {along.names.map(({ from, to, token }) => (
        <li key={from} style={{ flexGrow: to - from }} title={shown(token)}>
          <span class={to - from < LEAST ? "unseen" : ""}>{shown(token)}</span>
        </li>
      ))}
    </ol>
  );
}
