/** What the room asks, and what is there of it: the study, the comparison, and the cell that is looked into. */
import { computed, signal } from "@preact/signals";
import { catalogue } from "../../api/catalogue";
import type { ResultFile } from "../../api/decode";
import type { Analysis, AnyRequest, MeaningRequest, StudyRequest, SweepOf } from "../../api/types";
import type { Parts } from "../../asking/parts";
import { Question } from "../../asking/question";
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

const meaningQuestion = computed<SweepOf<MeaningRequest> | null>(() => {
  const all = catalogue.value;
  return all && study.value.section === "meaning" ? meaningRequestOf(study.value, all) : null;
});

/** The parts of a study are shown as they come; the whole holds them all. */
const partsOf = <A extends Analysis>(of: A): Parts<ResultFile, A> => ({
  of,
  name: JSON.stringify,
  read: (file) => file,
});

/** Its price is said first, whatever it is; what is there already is shown meanwhile. */
const shared = { unbidden: () => false, kept: 8, read: (file: ResultFile) => file };

export const sharpness = new Question<StudyRequest, ResultFile, ResultFile, "study_cell">({
  ...shared,
  request: sharpnessQuestion,
  parts: partsOf("study_cell"),
});

export const meaning = new Question<SweepOf<MeaningRequest>, ResultFile, ResultFile, "meaning">({
  ...shared,
  request: meaningQuestion,
  parts: partsOf("meaning"),
});

/** The section's asking. */
export const present = computed(() => (study.value.section === "meaning" ? meaning : sharpness));

/** Every cell that is there. */
export const cells = computed<readonly Cell[]>(() =>
  sharpness.own.value ? cellsOf(sharpness.own.value) : [...sharpness.parts.value.values()].map(cellOf),
);

/** What the chart lies over: as wished, if that is known of all cells. */
export const axis = computed(() => axisFor(cells.value, study.value.over ?? "tokens"));

/** The cell that is looked into, where it is there. */
export const current = computed<Cell | null>(() => {
  const at = study.value.cell;
  return (at && cells.value.find((cell) => sameCell(cell, at))) || null;
});

/** Results that are asked for by themselves, when a place is looked at; going back shows them at once. */
export function looking() {
  const request = signal<AnyRequest | null>(null);
  const question = new Question<AnyRequest, ResultFile>({ request, pause: 0, read: (file) => file });
  question.start();
  const look = (asked: AnyRequest | null): void => {
    request.value = asked;
  };
  return { question, look };
}

/** The cell as it is asked for by itself. */
export const cellRequest = (cell: Cell) =>
  cellRequestOf(study.peek(), [cell.model, cell.revision, cell.layer]);

/** The comparison's cell that is shown: the chosen one, else the request's own. */
export const place = computed<MeaningRequest | null>(() => {
  const sweep = meaningQuestion.value;
  if (!sweep) return null;
  const { request } = sweep;
  const at = study.value.place;
  if (!at) return request;
  return { ...request, model: { ...request.model, revision: at[0] }, write_layer: at[1] };
});
