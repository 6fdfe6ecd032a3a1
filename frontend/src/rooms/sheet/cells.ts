/** The contact sheet's cells: which are shown, and what has come of each. */
import { computed, type Signal, signal } from "@preact/signals";
import type { Problem, Resolution, SliceRequest, SweepOf } from "../../api/types";
import type { ColourOptions } from "../../field/colour";
import { regionsOf } from "../../field/regionMap";
import { planeLargest, type Slice, type Triple, triple } from "../../field/slice";
import { isOpen } from "../../shell/address";
import { look } from "../../shell/look";
import { card } from "../../subject/question";
import { view } from "../../subject/state";
import { momentText, spreadLayers, spreadMoments } from "../../subject/time/moments";
import { sliceRequestOf, type View } from "../../subject/view";
import type { Row } from "./describe";
import { sheetView } from "./link";

/** Most checkpoints and layers that are shown unless others are chosen. */
export const MOST = 12;
/** Points per side of every cell. */
export const SIDE: Resolution = 33;

export interface Cell {
  /** As fine as has arrived. */
  readonly slice: Slice | null;
  /** Why there is no picture. */
  readonly gap: Problem | null;
}

/** Checkpoints and layers to choose from. */
export const everyRevision = computed<readonly string[]>(() => {
  if (!isOpen.value) return [];
  const { revisions, revision } = view.value;
  return revisions ?? card.value?.revisions.map((row) => row.revision) ?? [revision];
});
export const everyLayer = computed<readonly number[]>(() => {
  if (!isOpen.value) return [];
  const count = card.value?.layers;
  return count === undefined ? [view.value.layer] : Array.from({ length: count }, (_, layer) => layer);
});

/** Those that are shown, in order of training and of depth. */
export const revisions = computed<readonly string[]>(() => {
  const chosen = isOpen.value ? sheetView.value.revisions : null;
  if (chosen === null) return spreadMoments(card.value, everyRevision.value, MOST);
  return chosen === "all" ? everyRevision.value : chosen;
});
export const layers = computed<readonly number[]>(() => {
  const chosen = isOpen.value ? sheetView.value.layers : null;
  if (chosen === null)
    return spreadLayers(everyLayer.value.length, MOST).map((n) => everyLayer.value[n] as number);
  return chosen === "all" ? everyLayer.value : chosen;
});

/**
 * The sheet as one request. Its own place is always the last checkpoint's lowest layer, so that the sheet keeps its name
 * whichever cell is open in the main room.
 */
export function sweepOf(
  own: View,
  columns: readonly string[],
  rows: readonly number[],
): SweepOf<SliceRequest> {
  const slice = sliceRequestOf({
    ...own,
    revision: columns.at(-1) ?? own.revision,
    layer: rows[0] ?? own.layer,
    resolution: SIDE,
  });
  return { analysis: "sweep", request: slice, revisions: [...columns], write_layers: [...rows] };
}

export const request = computed<SweepOf<SliceRequest> | null>(() =>
  isOpen.value ? sweepOf(view.value, revisions.value, layers.value) : null,
);

/** What all cells have in common, as text. */
const plane = computed(() => {
  const slice = request.value?.request;
  return JSON.stringify({ ...slice, write_layer: null, model: slice?.model.name });
});

export const nameOf = (revision: string, layer: number): string => `${layer} ${revision}`;

const EMPTY: Cell = { slice: null, gap: null };
/** Sheets of other questions that are kept, for going back. */
const KEPT = 4;
const sheets = new Map<string, Map<string, Signal<Cell>>>();

function sheetOf(name: string): Map<string, Signal<Cell>> {
  const known = sheets.get(name) ?? new Map<string, Signal<Cell>>();
  sheets.delete(name);
  sheets.set(name, known);
  for (const old of [...sheets.keys()].slice(0, -KEPT)) sheets.delete(old);
  return known;
}

function signalOf(sheet: string, name: string): Signal<Cell> {
  const cells = sheetOf(sheet);
  const known = cells.get(name);
  if (known) return known;
  const made = signal<Cell>(EMPTY);
  cells.set(name, made);
  return made;
}

/** A cell of the present question; reading it in a component makes that component follow it alone. */
export function cellOf(revision: string, layer: number): Signal<Cell> {
  return signalOf(plane.value, nameOf(revision, layer));
}

/** The same cell of the question before, to be dimmed until the new one comes. */
export function oldCellOf(revision: string, layer: number): Slice | null {
  const before = [...sheets.keys()].at(-2);
  const found = before === undefined ? undefined : sheets.get(before)?.get(nameOf(revision, layer));
  return found?.peek().slice ?? null;
}

/** Keeps what came for the question that was asked, unless something finer is there. */
export function arrived(sheet: string, name: string, slice: Slice): void {
  const cell = signalOf(sheet, name);
  const before = cell.peek().slice;
  if (!before || before.nx <= slice.nx) cell.value = { slice, gap: null };
}

/** Notes why a cell cannot be had. */
export function missing(sheet: string, name: string, gap: Problem): void {
  const cell = signalOf(sheet, name);
  if (!cell.peek().slice) cell.value = { slice: null, gap };
}

export const planeNow = (): string => plane.peek();

/** All cells that are shown, by layer from below and in each by checkpoint. */
export const shownCells = computed(() =>
  layers.value.flatMap((layer) =>
    revisions.value.map((revision) => ({ layer, revision, ...cellOf(revision, layer).value })),
  ),
);

/** How many are there in full, or are known to be missing. */
export const finished = computed(
  () =>
    shownCells.value.filter(({ slice, gap }) => gap !== null || (slice !== null && slice.nx >= SIDE)).length,
);

/** The cells that are there, in numbers. */
export const rows = computed<readonly Row[]>(() =>
  shownCells.value.flatMap(({ layer, revision, slice }) =>
    slice
      ? [
          {
            layer,
            revision,
            moment: momentText(card.value, revision),
            sharpness: slice.sharpness,
            regions: regionsOf(slice),
          },
        ]
      : [],
  ),
);

let most: Triple<number> | undefined;

/** One scale for the whole sheet; the same value as long as nothing of it changes. */
const sheetMax = computed<Triple<number> | undefined>(() => {
  let now: Triple<number> | undefined;
  for (const { slice } of shownCells.value) {
    if (!slice) continue;
    const [own, so] = [planeLargest(slice), now ?? [0, 0, 0]];
    now = triple((k) => Math.max(own[k], so[k] as number));
  }
  if (String(now) !== String(most)) most = now;
  return most;
});

export const colour = computed<ColourOptions>(() => {
  const { palette } = look.value;
  const { normalisation } = view.value;
  return normalisation === "sequence"
    ? { palette, normalisation, sequenceMax: sheetMax.value }
    : { palette, normalisation };
});
