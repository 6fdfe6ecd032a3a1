/** Asking for the sheet: its price first; what is cheap is computed at once, what is not waits for a word. */
import { effect } from "@preact/signals";
import type { SliceRequest, SweepOf } from "../../api/types";
import type { Gap } from "../../asking/parts";
import { Question } from "../../asking/question";
import { type Slice, sliceOf } from "../../field/slice";
import { recalled } from "../../subject/slices";
import {
  arrived,
  finished,
  layers,
  missing,
  nameOf,
  planeNow,
  request,
  revisions,
  shownCells,
} from "./cells";

/** Names of the cells that are on screen; they are fetched first. */
export const visible = new Set<string>();

/** Points that are computed without being asked twice. */
const CHEAP = 300_000;

const revisionOf = (part: SliceRequest): string => part.model.revision;

export const sheet = new Question<SweepOf<SliceRequest>, null, Slice, "slice">({
  request,
  kept: 4,
  unbidden: ({ estimate }) => estimate.points <= CHEAP,
  read: () => null,
  parts: {
    of: "slice",
    name: (part) => nameOf(revisionOf(part), part.write_layer),
    level: (part) => part.resolution,
    read: sliceOf,
    next: (waiting) => [...waiting.keys()].find((name) => visible.has(name)),
    whole: true,
  },
  arrived: ({ name, value }) => arrived(planeNow(), name, value),
  skipped: skip,
});

/** A gap: one cell where its three points span no plane, else the checkpoint's whole column. */
function skip({ name, request: part, problem }: Gap): void {
  if (part && problem.type.includes("degenerate")) missing(planeNow(), name, problem);
  else column(part?.analysis === "slice" ? revisionOf(part) : name, problem);
}

function column(revision: string, problem: Gap["problem"]): void {
  for (const layer of layers.peek()) missing(planeNow(), nameOf(revision, layer), problem);
}

/** How many cells are there, of how many. */
export const counted = () => ({ there: finished.value, of: shownCells.value.length, noun: "slice" });

/** Shows the cells that the page has from other rooms, until their own come. */
function showKnown(): void {
  const plane = request.value?.request;
  if (!plane) return;
  for (const { revision, layer, slice } of shownCells.peek()) {
    const known = slice ?? recalled({ ...plane, model: { ...plane.model, revision }, write_layer: layer });
    if (known && !slice) arrived(planeNow(), nameOf(revision, layer), known);
  }
}

/** Begins to answer what the room shows; the function that is returned ends it. */
export function startSheet(): () => void {
  const ends = [
    effect(showKnown),
    sheet.start(),
    // What the offer says that cannot be had is known before anything runs.
    effect(() => {
      for (const { revision, problem } of sheet.offer.value?.estimate.missing ?? [])
        if (revisions.peek().includes(revision)) column(revision, problem);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
