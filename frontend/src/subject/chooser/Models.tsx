/**
 * The list. One field searches it and moves through it: arrows choose a row, Enter opens it. Whoever knows a repository's
 * name types it below.
 */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Catalogue } from "../../api/types";
import { compact } from "../../kit/numbers";
import { chosenModel } from "./open";
import { groups, isId, type Row } from "./rows";

/** Without a list of its own an input is no combobox by itself. */
const COMBOBOX = { role: "combobox", list: undefined, "aria-expanded": "true" } as const;

export function Models({ all }: { all: Catalogue }) {
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const found = groups(all, search);
  const rows = found.flatMap((group) => group.rows);
  const chosen = Math.min(at, rows.length - 1);

  // After the dialog has opened: it puts the focus on its first button.
  useEffect(() => queueMicrotask(() => field.current?.focus()), []);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, search]);

  const move = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const row = rows[chosen];
    if (by !== undefined) setAt(Math.min(rows.length - 1, Math.max(0, chosen + by)));
    else if (event.key === "Enter" && row) chosenModel.value = row.name;
    else return;
    event.preventDefault();
  };

  let n = -1;
  return (
    <div class="models">
      <label class="models-search">
        <span class="unseen">Search models</span>
        <input
          ref={field}
          type="search"
          {...COMBOBOX}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          autocomplete="off"
          placeholder="Search: pythia, apache, 7b …"
          value={search}
          onInput={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={move}
        />
      </label>
      {all.hub.offline && (
        <p class="models-offline">
          This server works offline: only what is on its disk can be opened. Start it without{" "}
          <code>--offline</code> to choose among the public models.
        </p>
      )}
      <div ref={list} class="models-list" id={`${id}-list`} role="listbox" aria-label="Models" tabIndex={-1}>
        {found.map((group) => (
          <div key={group.title} role="group" aria-label={group.title} class="models-group">
            <p class="models-family">
              <strong>{group.title}</strong>
              {group.license && <span>{group.license}</span>}
              {group.note && <span>{group.note}</span>}
            </p>
            {group.rows.map((row) => {
              n++;
              return <Line key={row.name} row={row} id={`${id}-${n}`} chosen={n === chosen} />;
            })}
          </div>
        ))}
      </div>
      {rows.length === 0 && (
        <p class="quiet" role="status">
          No listed model has all of these words.
        </p>
      )}
      {!all.hub.offline && <Anything allowed={all.hub.allowed} />}
    </div>
  );
}

function Line({ row, id, chosen }: { row: Row; id: string; chosen: boolean }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field moves through the list and opens rows
    // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus and names the active row
    <div
      id={id}
      class="model"
      role="option"
      aria-selected={chosen}
      onClick={() => (chosenModel.value = row.name)}
    >
      <span class="model-name">
        {row.name}
        {row.gated && <span class="model-tag lock">licence to accept</span>}
      </span>
      <span class="model-size">{compact(row.parameters)}</span>
      <span class="model-steps">
        {row.checkpoints ? "checkpoints of training" : "trained only"}
        {row.tokensPerStep === null ? "" : `, ${compact(row.tokensPerStep)} tokens a step`}
      </span>
      <span class="model-here">{row.here > 0 ? `${row.here} on disk` : ""}</span>
    </div>
  );
}

/** Any repository by its name, as far as the server's patterns let it. */
function Anything({ allowed }: { allowed: readonly string[] }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const id = useId();
  return (
    <form
      class="anything"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const name = text.trim();
        if (isId(name)) chosenModel.value = name;
        else setWrong(true);
      }}
    >
      <label for={id}>Any repository of the hub</label>
      <div class="anything-row">
        <input
          id={id}
          type="text"
          placeholder="owner/name"
          autocomplete="off"
          spellcheck={false}
          aria-describedby={`${id}-note`}
          aria-invalid={wrong}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setWrong(false);
          }}
        />
        <button type="submit">Look it up</button>
      </div>
      <p id={`${id}-note`} class={wrong ? "bad" : "quiet"}>
        {wrong
          ? "A repository is named owner/name, as in EleutherAI/pythia-70m."
          : `This server loads what matches ${listed(allowed)}; whoever runs it sets STABLE_REGIONS_HUB_MODELS. Causal language models with safetensors only.`}
      </p>
    </form>
  );
}

function listed(patterns: readonly string[]): string {
  return patterns.length < 2 ? patterns.join() : `${patterns.slice(0, -1).join(", ")} or ${patterns.at(-1)}`;
}
