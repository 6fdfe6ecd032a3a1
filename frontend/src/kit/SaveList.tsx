/** The entries of a room's *Save*: each does its work, then the menu closes; what went wrong stands below them. */
import { useState } from "preact/hooks";
import { closeMenus, Menu } from "./Menu";

export interface SaveEntry {
  readonly text: string;
  readonly note: string;
  /** Nothing is there yet that it could save. */
  readonly off?: boolean;
  readonly run: () => Promise<void> | void;
}

interface Props {
  /** null: a line between groups. */
  readonly entries: readonly (SaveEntry | null)[];
}

export function SaveList({ entries }: Props) {
  return (
    <Menu label="Save">
      <SaveRows entries={entries} />
    </Menu>
  );
}

export function SaveRows({ entries }: Props) {
  const [trouble, setTrouble] = useState("");
  const save = async ({ text, run }: SaveEntry): Promise<void> => {
    setTrouble("");
    try {
      await run();
      closeMenus();
    } catch (error) {
      setTrouble(`${text} could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <>
      {entries.map((entry, n) =>
        entry === null ? (
          <hr key={n} />
        ) : (
          <button
            key={entry.text}
            type="button"
            class="menu-entry"
            disabled={entry.off ?? false}
            onClick={() => save(entry)}
          >
            {entry.text}
            <small>{entry.note}</small>
          </button>
        ),
      )}
      {trouble && (
        <p class="bad" role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}
