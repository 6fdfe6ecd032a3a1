/** The entries of a room's *Save*: each does its work, then the menu closes. */
import { closeMenus, Menu } from "./Menu";

export interface SaveEntry {
  readonly text: string;
  readonly note: string;
  /** Nothing is there yet that it could save. */
  readonly off?: boolean;
  readonly run: () => Promise<void>;
}

export function SaveList({ entries }: { entries: readonly SaveEntry[] }) {
  return (
    <Menu label="Save">
      {entries.map(({ text, note, off, run }) => (
        <button
          key={text}
          type="button"
          class="menu-entry"
          disabled={off ?? false}
          onClick={async () => {
            await run();
            closeMenus();
          }}
        >
          {text}
          <small>{note}</small>
        </button>
      ))}
    </Menu>
  );
}
