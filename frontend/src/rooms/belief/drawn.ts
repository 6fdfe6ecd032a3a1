/** What the pictures draw, computed once for both sides and all thumbnails. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { coloured } from "../../field/beliefColour";
import type { Presentation } from "../../field/presentation";
import { dark } from "../../shell/chrome";
import {
  atCheckpoint,
  checkpoints,
  histories,
  learning,
  place,
  places,
  process,
  short,
  shortLength,
  shown,
  simplexView,
  untrained,
} from "./asking";
import { decodedAt, r2Text } from "./frame";
import { historiesOf, pathTo, rowOf, shortRows } from "./histories";
import { beliefView } from "./link";
import { pinnedRow, pointed } from "./play";
import type { Cloud } from "./points";
import { onPaper } from "./simplex";

/** On paper pure green and yellow are too bright: there the colours are darker. */
const ON_PAPER = 0.82;

/** Histories of so few tokens are drawn larger. */
const FEW = 4;

const colours = computed(() => {
  const rows = histories.value?.rows;
  return rows ? coloured(rows.belief, rows.rows, rows.states, dark.value ? 1 : ON_PAPER) : null;
});

/** Beliefs of the histories as a cloud in the view on screen, in the colours of the true ones. */
export function cloudOf(rows: Presentation, belief: ArrayLike<number>): Cloud | null {
  const how = simplexView.value;
  if (!how) return null;
  const colour = coloured(rows.belief, rows.rows, rows.states, dark.value ? 1 : ON_PAPER);
  return { at: onPaper(how, belief, rows.rows, rows.states), colour, large: shortRows(rows, FEW) };
}

/** The true beliefs. */
export const truth: ReadonlySignal<Cloud | null> = computed(() => {
  const [rows, how, colour] = [histories.value?.rows, simplexView.value, colours.value];
  if (!rows || !how || !colour) return null;
  return { at: onPaper(how, rows.belief, rows.rows, rows.states), colour, large: shortRows(rows, FEW) };
});

/** The same histories where the network puts them. */
export const decoded: ReadonlySignal<Cloud | null> = computed(() => {
  const [rows, how, colour, frame] = [histories.value?.rows, simplexView.value, colours.value, shown.value];
  const belief = frame && decodedAt(frame, place.value);
  if (!rows || !how || !colour || !frame || !belief || frame.rows !== rows.rows) return null;
  return { at: onPaper(how, belief, rows.rows, rows.states), colour, large: shortRows(rows, FEW) };
});

/** The small picture of each place at the checkpoint on screen. */
export const thumbnails: ReadonlySignal<ReadonlyMap<string, Cloud>> = computed(() => {
  const [of, frame, how] = [process.value, learning.value ?? short.value, simplexView.value];
  const rows = of && frame ? historiesOf(of, learning.value?.length ?? shortLength.value).rows : undefined;
  const found = new Map<string, Cloud>();
  if (!rows || !frame || !how || frame.rows !== rows.rows) return found;
  const colour = coloured(rows.belief, rows.rows, rows.states, dark.value ? 1 : ON_PAPER);
  for (const name of places.value) {
    const belief = decodedAt(frame, name);
    if (belief) found.set(name, { at: onPaper(how, belief, rows.rows, rows.states), colour, large: 0 });
  }
  return found;
});

/** The row of the typed word, or what is wrong with it; nothing where none is typed. */
export const worded = computed<number | string | null>(() => {
  const { word } = beliefView.value;
  const now = histories.value;
  if (!word || !now?.rows) return null;
  return rowOf(now.made, now.rows, word);
});

/** The history that is read out: under the pointer, else clicked, else typed. */
export const chosenRow = computed(() => {
  const most = histories.value?.rows?.rows ?? 0;
  const typed = worded.value;
  const row =
    pointed.value >= 0
      ? pointed.value
      : pinnedRow.value >= 0
        ? pinnedRow.value
        : typeof typed === "number"
          ? typed
          : -1;
  return row < most ? row : -1;
});

export const path = computed<readonly number[]>(() => {
  const rows = histories.value?.rows;
  return rows && chosenRow.value >= 0 ? pathTo(rows, chosenRow.value) : [];
});

/** The picture in a sentence. */
export const beliefSentence = computed(() => {
  const [now, frame] = [histories.value, shown.value];
  if (!now?.rows) return "";
  const row = checkpoints.value[atCheckpoint.value];
  const count = now.rows.rows.toLocaleString("en-US");
  const left = `${count} histories of up to ${now.rows.length} tokens, at what an optimal observer of ${now.made.states.length} states believes after each.`;
  if (!frame || !row) return left;
  const first = untrained.value;
  const of = frame.places.indexOf(place.value);
  const r2 = r2Text(frame.r2[of] as number, 4);
  const before =
    first && ` (${r2Text(first.r2[first.places.indexOf(place.value)] as number, 3)} before training)`;
  return `${left} At the right, what is read off ${place.value} at step ${row.step ?? row.revision}${beliefView.value.frozen ? " by the last checkpoint’s probe" : ""}: R² ${r2}${before ?? ""}.`;
});
