/** The line's curve at every write layer of the checkpoint on screen; asked only while it is looked at. */
import { computed, effect, signal } from "@preact/signals";
import { problemOf } from "../../../api/problem";
import type { LineRequest, Problem } from "../../../api/types";
import { Newest } from "../../../asking/newest";
import { swept } from "../../../asking/swept";
import { type Along, alongOf } from "../../../field/along";
import { isOpen } from "../../../shell/address";
import { card } from "../../../subject/question";
import { view } from "../../../subject/state";
import { line, lineRequestOf } from "./line";
import { playing } from "./play";
import { sliceView } from "./view";

const PAUSE = 150;
/** Checkpoints whose layers are kept. */
const KEPT = 24;

type Layers = ReadonlyMap<number, Along>;

const known = signal<ReadonlyMap<string, Layers>>(new Map());

/** A layer that cannot be had, or the whole that cannot. */
export const layersProblem = signal<Problem | null>(null);

const request = computed<LineRequest>(() => ({ ...lineRequestOf(view.value, line.value), write_layer: 0 }));

export const layers = computed<Layers>(() => known.value.get(JSON.stringify(request.value)) ?? new Map());

/** How many layers there are to be. */
export const layerCount = computed(() => card.value?.layers ?? view.value.layer + 1);

export function startLayers(): void {
  const newest = new Newest();
  effect(() => {
    const open = isOpen.value && sliceView.value.enlarged === "layers" && !playing.value;
    const asked = open ? request.value : null;
    const text = asked ? JSON.stringify(asked) : "";
    const all = Array.from({ length: open ? layerCount.value : 0 }, (_, layer) => layer);
    newest.ask(text, PAUSE, async (signal) => {
      if (!asked || known.peek().get(text)?.size === all.length) return;
      layersProblem.value = null;
      const own = { ...asked, write_layer: view.peek().layer };
      await swept({ analysis: "sweep", request: own, revisions: [], write_layers: all }, signal, {
        cell: (cell, file) => keep(text, cell.write_layer, alongOf(file)),
      }).catch((error: unknown) => {
        if (!signal.aborted) layersProblem.value = problemOf(error);
      });
    });
  });
}

function keep(text: string, layer: number, along: Along): void {
  const all = new Map(known.peek());
  all.set(text, new Map(all.get(text)).set(layer, along));
  for (const old of all.keys()) {
    if (all.size <= KEPT) break;
    all.delete(old);
  }
  known.value = all;
}
