/** Checkpoints one by one, many at a time (Shift, or between two of them), or by a name that no list has. */
import { useRef, useState } from "preact/hooks";
import type { ModelDocument, RevisionCard } from "../../api/types";
import { compact, whole } from "../../kit/numbers";
import { between } from "./choose";

interface Props {
  readonly found: ModelDocument;
  readonly picked: ReadonlySet<string>;
  readonly onPick: (picked: ReadonlySet<string>) => void;
}

/** As the server takes names. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._\-/+]*$/;

export function ByHand({ found, picked, onPick }: Props) {
  const { revisions } = found.card;
  const last = useRef(0);
  const listed = new Set(revisions.map((row) => row.revision));
  const typed = [...picked].filter((name) => !listed.has(name));

  const flip = (i: number, on: boolean, many: boolean): void => {
    const [low, high] = many ? [Math.min(i, last.current), Math.max(i, last.current)] : [i, i];
    const next = new Set(picked);
    for (const { revision } of revisions.slice(low, high + 1)) {
      if (on) next.add(revision);
      else next.delete(revision);
    }
    last.current = i;
    onPick(next);
  };

  return (
    <div class="by-hand">
      <Between revisions={revisions} onPick={(names) => onPick(new Set(names))} />
      <ul class="moments" aria-label="All checkpoints">
        {revisions.map((row, i) => (
          <li key={row.revision}>
            <label class="moment-row">
              <input
                type="checkbox"
                checked={picked.has(row.revision)}
                onClick={(event) => flip(i, event.currentTarget.checked, event.shiftKey)}
              />
              <span class="moment-name">{row.revision}</span>
              <span>{row.step === null ? "" : `step ${whole(row.step)}`}</span>
              <span>{row.tokens === null ? "" : `${compact(row.tokens)} tokens`}</span>
              <span>{found.on_disk.includes(row.revision) ? "on disk" : ""}</span>
            </label>
          </li>
        ))}
        {typed.map((name) => (
          <li key={name}>
            <label class="moment-row">
              <input
                type="checkbox"
                checked
                onClick={() => onPick(new Set([...picked].filter((one) => one !== name)))}
              />
              <span class="moment-name">{name}</span>
              <span>as typed</span>
            </label>
          </li>
        ))}
      </ul>
      <Branch onAdd={(name) => onPick(new Set([...picked, name]))} />
    </div>
  );
}

interface BetweenProps {
  readonly revisions: readonly RevisionCard[];
  readonly onPick: (names: readonly string[]) => void;
}

/** So many between two of them, log-spaced. */
function Between({ revisions, onPick }: BetweenProps) {
  const [count, setCount] = useState(8);
  const [from, setFrom] = useState(0);
  const [to, setTo] = useState(revisions.length - 1);
  if (revisions.length < 3) return null;
  const end = (label: string, value: number, set: (value: number) => void) => (
    <label>
      <span>{label}</span>
      <select value={String(value)} onChange={(event) => set(Number(event.currentTarget.value))}>
        {revisions.map((row, i) => (
          <option key={row.revision} value={String(i)}>
            {row.revision}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="between" role="group" aria-label="Log-spaced checkpoints between two of them">
      <label>
        <span>Pick</span>
        <input
          type="number"
          min={1}
          max={64}
          value={count}
          onInput={(event) =>
            setCount(Math.min(64, Math.max(1, Math.round(Number(event.currentTarget.value)))))
          }
        />
      </label>
      {end("log-spaced from", from, setFrom)}
      {end("to", to, setTo)}
      <button type="button" onClick={() => onPick(between(revisions, from, to, count))}>
        Pick
      </button>
      <button type="button" class="bare" onClick={() => onPick([])}>
        None
      </button>
    </div>
  );
}

/** A branch or commit that the list does not have. */
function Branch({ onAdd }: { onAdd: (name: string) => void }) {
  const [text, setText] = useState("");
  const name = text.trim();
  const good = NAME.test(name) && !name.includes("..");
  return (
    <form
      class="branch"
      onSubmit={(event) => {
        event.preventDefault();
        if (!good) return;
        onAdd(name);
        setText("");
      }}
    >
      <label>
        <span>Another branch or commit</span>
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={!good}>
        Add
      </button>
    </form>
  );
}
