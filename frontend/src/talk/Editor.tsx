/** The story on a sheet: views in order, named, noted, moved, taken away, undone; saved, opened, presented. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { download } from "../export/saving";
import { plural } from "../kit/numbers";
import { Sheet } from "../kit/Sheet";
import { pack } from "../pack/opened";
import { toClipboard } from "../shell/CopyLink";
import { talkOpen } from "../shell/sheets";
import { give } from "./giving";
import { Preflight } from "./Preflight";
import {
  addView,
  change,
  edit,
  move,
  packStory,
  remove,
  story,
  takeStory,
  undo,
  undoable,
  viewAt,
} from "./state";
import { packedStory, storyJson } from "./story";
import "./talk.css";

export default function Editor() {
  return (
    <Sheet open={talkOpen} title="Talk" class="talk">
      <Words />
      <Views />
      <Preflight />
    </Sheet>
  );
}

function Words() {
  const file = useRef<HTMLInputElement>(null);
  const copied = useSignal(false);
  const { views, title } = story.value;
  const packed = pack.value !== null && pack.value.manifest.views.length > 0;
  return (
    <div class="talk-tools">
      <input
        type="text"
        class="talk-title"
        aria-label="Title of the talk"
        placeholder="Title of the talk"
        maxLength={200}
        value={title}
        onChange={(event) => edit(views, event.currentTarget.value)}
      />
      <button type="button" onClick={addView}>
        Add this view
      </button>
      <button type="button" disabled={undoable.value === 0} onClick={undo}>
        Undo
      </button>
      <span class="talk-gap" />
      <button type="button" onClick={() => file.current?.click()}>
        Open …
      </button>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={async (event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) takeStory(await chosen.text());
          event.currentTarget.value = "";
        }}
      />
      {packed && (
        <button
          type="button"
          onClick={() => {
            const brought = packStory();
            edit(brought.views, brought.title);
          }}
        >
          The pack's story
        </button>
      )}
      <button
        type="button"
        disabled={views.length === 0}
        onClick={() =>
          download(new Blob([storyJson(story.peek())], { type: "application/json" }), "story.json")
        }
      >
        Save story
      </button>
      <button
        type="button"
        disabled={views.length === 0}
        onClick={async () => {
          const url = new URL(location.href);
          url.search = `?talk=${packedStory(story.peek())}`;
          url.hash = "";
          await toClipboard(url.href);
          copied.value = true;
        }}
      >
        <span aria-live="polite">{copied.value ? "Copied" : "Copy link"}</span>
      </button>
      <button type="button" class="primary" disabled={views.length === 0} onClick={() => give(0)}>
        Present
      </button>
    </div>
  );
}

function Views() {
  const dragged = useSignal<number | null>(null);
  const { views } = story.value;
  if (views.length === 0)
    return (
      <p class="quiet talk-empty">
        No views yet. A talk is an ordered list of views: what is on screen now is added with “Add this view”,
        in any room. Then <kbd>PageDown</kbd> walks through each view's checkpoints and on to the next.
      </p>
    );
  return (
    <ol class="talk-views" aria-label={plural(views.length, "view")}>
      {views.map((view, n) => (
        <li
          key={n}
          class={`talk-view${dragged.value === n ? " dragged" : ""}`}
          aria-current={viewAt.value === n ? "step" : undefined}
          onDragOver={(event) => dragged.value !== null && event.preventDefault()}
          onDrop={(event) => {
            if (dragged.value === null) return;
            event.preventDefault();
            event.stopPropagation();
            move(dragged.value, n);
            dragged.value = null;
          }}
        >
          <button
            type="button"
            class="talk-handle bare"
            draggable
            aria-label={`View ${n + 1}: move with Alt and the arrow keys`}
            title="Drag, or Alt ↑ ↓"
            onDragStart={() => {
              dragged.value = n;
            }}
            onDragEnd={() => {
              dragged.value = null;
            }}
            onKeyDown={(event) => {
              const to = event.key === "ArrowUp" ? n - 1 : event.key === "ArrowDown" ? n + 1 : null;
              if (to === null || !event.altKey || to < 0 || to >= views.length) return;
              event.preventDefault();
              move(n, to);
              const handles = document.querySelectorAll<HTMLElement>(".talk-handle");
              handles[to]?.focus();
            }}
          >
            {n + 1}
          </button>
          <div class="talk-fields">
            <input
              type="text"
              aria-label={`Title of view ${n + 1}`}
              maxLength={200}
              value={view.title}
              onChange={(event) => change(n, { title: event.currentTarget.value })}
            />
            <textarea
              aria-label={`Notes of view ${n + 1}`}
              placeholder="Notes, for the speaker alone"
              rows={1}
              maxLength={20_000}
              value={view.notes}
              onChange={(event) => change(n, { notes: event.currentTarget.value })}
            />
            <label class="talk-through">
              <input
                type="checkbox"
                checked={view.through}
                onChange={(event) => change(n, { through: event.currentTarget.checked })}
              />
              from its first checkpoint on, one a key
            </label>
          </div>
          <a class="talk-go" href={view.link} onClick={() => (talkOpen.value = false)}>
            Open
          </a>
          <button type="button" class="bare" aria-label={`Delete view ${n + 1}`} onClick={() => remove(n)}>
            Delete
          </button>
        </li>
      ))}
    </ol>
  );
}
