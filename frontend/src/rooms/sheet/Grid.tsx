/**
 * The grid: layers upward, checkpoints to the right, one cell in the order of Tab and the arrow keys to go about.
 *
 * A cell is a link, so the browser's own ways of opening one work. The keys are those of a grid: arrows, Home and End in
 * a row, with Ctrl the corners.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Size } from "../../field/view";
import { card } from "../../subject/question";
import { view } from "../../subject/state";
import { momentHead, momentText } from "../../subject/time/moments";
import { visible } from "./asking";
import { CellView } from "./CellView";
import { layers, nameOf, revisions } from "./cells";
import { active, looked, step } from "./place";

const SMALLEST = 36;
const LARGEST = 176;
const GAP = 4;
/** Below this width the page scrolls, and only the width limits the cells. */
const SCROLLS = 1024;
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
  const wide = (width - HEADS.width * rem) / Math.max(1, columns.length) - GAP;
  const tall = (height - HEADS.height * rem) / Math.max(1, upward.length) - GAP;
  const fit = innerWidth < SCROLLS ? wide : Math.min(wide, tall);
  const side = Math.floor(Math.min(LARGEST, Math.max(SMALLEST, fit)));
  useVisible(own, `${columns.join()} ${upward.join()} ${side}`);

  return (
    <div ref={own} class="contact-room">
      <table
        class="contact-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA's grid is a table to go about in
        role="grid"
        aria-label="Slices by layer and checkpoint"
        style={{ "--cell": `${side}px` }}
        onKeyDown={(event) => {
          const next = step(event, upward, columns);
          if (!next) return;
          event.preventDefault();
          event.stopPropagation();
          active.value = next;
          const name = CSS.escape(nameOf(next.revision, next.layer));
          own.current?.querySelector<HTMLElement>(`[data-cell="${name}"]`)?.focus();
        }}
        onPointerLeave={() => {
          looked.value = null;
        }}
      >
        <thead>
          <tr>
            <th scope="col" class="contact-corner">
              layer ↑
              <br />
              step →
            </th>
            {columns.map((revision) => (
              <th
                key={revision}
                scope="col"
                class={`contact-head${revision === view.value.revision ? " here" : ""}`}
                title={`${revision}: ${momentText(card.value, revision)}`}
              >
                {momentHead(card.value, revision)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {upward.map((layer, row) => (
            <tr key={layer}>
              <th
                scope="row"
                class={`contact-head${layer === view.value.layer ? " here" : ""}`}
                title={`after block ${layer}`}
              >
                {layer}
              </th>
              {columns.map((revision) => (
                <CellView
                  key={revision}
                  layer={layer}
                  revision={revision}
                  side={side}
                  first={row === upward.length - 1 && revision === columns[0]}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
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
