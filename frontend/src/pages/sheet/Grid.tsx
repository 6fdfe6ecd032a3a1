/**
 * The grid: layers upward, checkpoints to the right, one cell in the order of Tab and the arrow keys to go about.
 *
 * A cell is a link, so the browser's own ways of opening one work. The keys are those of a grid: arrows, Home and End in
 * a row, with Ctrl the corners.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Size } from "../../field/view";
import { momentHead, momentText } from "../../scrubber/moments";
import { card, view } from "../../state/store";
import { visible } from "./asking";
import { CellView } from "./CellView";
import { layers, nameOf, revisions } from "./cells";
import { active, looked, step } from "./place";

const SMALLEST = 36;
const LARGEST = 176;
const GAP = 4;
/** Room for the heads, in the root's type. */
const HEADS = { width: 3.5, height: 2.25 };

export function Grid() {
  const own = useRef<HTMLDivElement>(null);
  const room = useSignal<Size & { rem: number }>({ width: 0, height: 0, rem: 16 });
  useEffect(() => {
    if (!own.current) return;
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      room.value = { width, height, rem };
    });
    watch.observe(own.current);
    return () => watch.disconnect();
  }, [room]);

  const columns = revisions.value;
  const upward = [...layers.value].reverse();
  const { width, height, rem } = room.value;
  const fit = Math.min(
    (width - HEADS.width * rem) / Math.max(1, columns.length) - GAP,
    (height - HEADS.height * rem) / Math.max(1, upward.length) - GAP,
  );
  const side = Math.floor(Math.min(LARGEST, Math.max(SMALLEST, fit)));
  useVisible(own, `${columns.join()} ${upward.join()} ${side}`);

  return (
    <div ref={own} class="contact-room">
      {/* biome-ignore lint/a11y/useSemanticElements: a grid to go about in by keys, not a table of text */}
      <div
        class="contact-grid"
        role="grid"
        aria-label="Slices by layer and checkpoint"
        aria-rowcount={upward.length + 1}
        aria-colcount={columns.length + 1}
        style={{ "--cell": `${side}px`, "--columns": columns.length }}
        onKeyDown={(event) => {
          const next = step(event, upward, columns);
          if (!next) return;
          event.preventDefault();
          event.stopPropagation();
          active.value = next;
          own.current
            ?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(nameOf(next.revision, next.layer))}"]`)
            ?.focus();
        }}
        onPointerLeave={() => {
          looked.value = null;
        }}
      >
        <div role="row" class="contact-row contact-heads">
          <span role="columnheader" class="contact-corner">
            layer ↑ · step →
          </span>
          {columns.map((revision) => (
            <span
              key={revision}
              role="columnheader"
              class={`contact-head${revision === view.value.revision ? " here" : ""}`}
              title={`${revision}: ${momentText(card.value, revision)}`}
            >
              {momentHead(card.value, revision)}
            </span>
          ))}
        </div>
        {upward.map((layer, row) => (
          <div key={layer} role="row" aria-rowindex={row + 2} class="contact-row">
            <span
              role="rowheader"
              class={`contact-head${layer === view.value.layer ? " here" : ""}`}
              title={`after block ${layer}`}
            >
              {layer}
            </span>
            {columns.map((revision) => (
              <CellView
                key={revision}
                layer={layer}
                revision={revision}
                side={side}
                first={row === upward.length - 1 && revision === columns[0]}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Keeps note of the cells that are on screen. */
function useVisible(own: { readonly current: HTMLElement | null }, reads: string): void {
  useEffect(() => {
    if (!own.current) return;
    visible.clear();
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const name = (target as HTMLElement).dataset["cell"] ?? "";
        if (isIntersecting) visible.add(name);
        else visible.delete(name);
      }
    });
    for (const cell of own.current.querySelectorAll("[data-cell]")) watch.observe(cell);
    return () => watch.disconnect();
  }, [own, reads]);
}
