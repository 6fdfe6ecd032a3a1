/** An anchor's letter in its colour: the cue that stays when colours cannot be told apart. */
import { LETTERS } from "../field/slice";

export function Letter({ k }: { k: 0 | 1 | 2 }) {
  return <span class={`letter ${LETTERS[k]}`}>{LETTERS[k]}</span>;
}
