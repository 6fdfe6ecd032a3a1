/** Beside the picture: how it came about in training, what it says in words, the kept point, and where it is from. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { sentence } from "../../field/describe";
import type { Slice } from "../../field/slice";
import { lazily } from "../../kit/lazily";
import { duration, whole } from "../../kit/numbers";
import { oneColumn } from "../../kit/oneColumn";
import { view } from "../../subject/state";
import { Panel } from "./curve/Panel";
import { Missing } from "./Missing";
import { gapHere } from "./Notes";
import { shown } from "./state/shown";
import { Upper } from "./Upper";
import "./side.css";

const Pinned = lazily(() => import("./Pinned"), true);

export function Side() {
  const own = useRef<HTMLElement>(null);
  const width = useSignal(0);
  const tall = useSignal(false);
  useEffect(() => {
    if (!own.current) return;
    const watch = new ResizeObserver(([entry]) => {
      tall.value = innerHeight >= 880;
      width.value = Math.floor(entry?.contentRect.width ?? 0);
    });
    watch.observe(own.current);
    return () => watch.disconnect();
  }, [width, tall]);
  const now = shown.value;
  return (
    <aside ref={own} class={`side${view.value.pin ? " has-pin" : ""}`} aria-label="About this picture">
      {width.value > 0 && (
        <>
          <Upper width={width.value} height={tall.value ? 168 : 136} />
          <Panel width={width.value} height={tall.value ? 132 : 108} />
        </>
      )}
      <Missing />
      {!(oneColumn.value && view.value.pin) && <Pinned />}
      {now && !gapHere() && (
        <>
          <p class="sentence">{sentence(now.slice).replaceAll(" %", "\u00a0%")}</p>
          <p class="provenance" title={PATHS[String(now.slice.meta["path"])]}>
            {provenance(now.slice)}
          </p>
        </>
      )}
    </aside>
  );
}

const PATHS: Readonly<Record<string, string>> = {
  tail: "Only the blocks above the write layer are run, on the kept keys and values; equal to running the full sequence",
  oracle: "Written by hooks into the full sequence",
};

/** Where the numbers come from, in one line. */
export function provenance(slice: Slice): string {
  const { meta, recipe, nx, ny } = slice;
  let computed = 0;
  for (const one of slice.computed) computed += one;
  const all = nx * ny;
  const points =
    computed === all
      ? `${whole(all)} points`
      : `${whole(all)} points, ${Math.max(1, Math.round((100 * computed) / all))} % computed`;
  const parts = [
    recipe["exact"] === false ? "adaptive" : "exact",
    String(meta["dtype"] ?? ""),
    String(meta["device"] ?? ""),
    points,
    typeof meta["seconds"] === "number" ? `this frame ${duration(meta["seconds"])}` : "",
    String(meta["path"] ?? ""),
  ];
  return parts.filter(Boolean).join(" · ");
}
