/** What the room asks, and what is there of it: the study, the comparison, and the cell that is looked into. */
import { computed, signal } from "@preact/signals";
import { catalogue } from "../../api/catalogue";
import type { ResultFile } from "../../api/decode";
import { problemOf } from "../../api/problem";
import type { MeaningRequest, Problem, StudyRequest, SweepRequest } from "../../api/types";
import { answered } from "../../asking/answer";
import { offered, type Part } from "../../asking/offered";
import { axisFor, type Cell, cellOf, cellsOf, sameCell } from "./cells";
import { studyView } from "./link";
import { cellRequestOf, meaningRequestOf, studyRequestOf } from "./study";

export const study = studyView;

/** Changes what the room asks or shows. */
export const ask = studyView.change;

const sharpnessQuestion = computed<StudyRequest | null>(() => {
  const all = catalogue.value;
  return all && study.value.section === "sharpness" ? studyRequestOf(study.value, all) : null;
});

const meaningQuestion = computed<SweepRequest | null>(() => {
  const all = catalogue.value;
  return all && study.value.section === "meaning" ? meaningRequestOf(study.value, all) : null;
});

export const sharpness = offered(sharpnessQuestion);
export const meaning = offered(meaningQuestion);

/** The section's asking. */
export const present = computed(() => (study.value.section === "meaning" ? meaning : sharpness));

/** Every cell that is there. */
export const cells = computed<readonly Cell[]>(() =>
  sharpness.whole.value
    ? cellsOf(sharpness.whole.value)
    : [...sharpness.parts.value.values()]
        .filter((part) => part.request.analysis === "study_cell")
        .map(cellOf),
);

/** What the chart lies over: as wished, if that is known of all cells. */
export const axis = computed(() => axisFor(cells.value, study.value.over ?? "tokens"));

/** The cell that is looked into, where it is there. */
export const current = computed<Cell | null>(() => {
  const at = study.value.cell;
  return (at && cells.value.find((cell) => sameCell(cell, at))) || null;
});

/** A result that is asked for by itself: a cell's pairs, a pair's curve. */
export interface Looked {
  readonly file: ResultFile | null;
  readonly problem: Problem | null;
}
const NOTHING: Looked = { file: null, problem: null };

/** Results that were looked at, so that going back shows them at once. */
const known = new Map<string, ResultFile>();

/** Asks for one request; the newest wins. */
export function looking() {
  const found = signal<Looked>(NOTHING);
  let stop = new AbortController();
  const look = (request: Parameters<typeof answered>[0] | null, part?: Part): void => {
    stop.abort();
    stop = new AbortController();
    const text = JSON.stringify(request);
    const there = part?.file ?? known.get(text);
    found.value = { file: there ?? null, problem: null };
    if (!request || there) return;
    const { signal: own } = stop;
    answered(request, own).then(
      (file) => {
        if (!file || own.aborted) return;
        known.set(text, file);
        found.value = { file, problem: null };
      },
      (error: unknown) => {
        if (!own.aborted) found.value = { file: null, problem: problemOf(error) };
      },
    );
  };
  return { found, look };
}

/** The cell as it is asked for by itself. */
export const cellRequest = (cell: Cell) =>
  cellRequestOf(study.peek(), [cell.model, cell.revision, cell.layer]);

/** The comparison's cell that is shown: the chosen one, else the request's own. */
export const place = computed<MeaningRequest | null>(() => {
  const sweep = meaningQuestion.value;
  if (!sweep) return null;
  const request = sweep.request as MeaningRequest;
  const at = study.value.place;
  if (!at) return request;
  return { ...request, model: { ...request.model, revision: at[0] }, write_layer: at[1] };
});
