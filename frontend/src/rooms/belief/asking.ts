/**
 * What the belief room asks: one film over all checkpoints in short words, for every place; and for the checkpoint and place
 * on screen all histories. The true beliefs are computed here, so that the left picture needs no server.
 */
import { computed, effect, signal } from "@preact/signals";
import { catalogue } from "../../api/catalogue";
import type { AnyRequest, BeliefFilmRequest, BeliefRequest, ModelCard } from "../../api/types";
import { Question } from "../../asking/question";
import type { Process } from "../../field/process";
import { wrongWith } from "../../field/process";
import { type Frame, frameOf } from "./frame";
import { historiesOf } from "./histories";
import { beliefView } from "./link";
import { viewsOf } from "./simplex";

/** Histories of a film's frames: those of the longest words that are no more. The server's own first level is the same. */
const SHORT = 4000;

/** Models that were trained on a process. */
export const models = computed<readonly ModelCard[]>(
  () => catalogue.value?.models.filter((card) => card.process) ?? [],
);

export const modelCard = computed<ModelCard | null>(
  () => models.value.find(({ name }) => name === beliefView.value.model) ?? models.value[0] ?? null,
);

/** A process that is only looked at; null: the model's own is. */
export const typed = computed<Process | null>(() => {
  const text = beliefView.value.process;
  if (!text) return null;
  try {
    const process = JSON.parse(text) as Process;
    return wrongWith(process) === undefined ? process : null;
  } catch {
    return null;
  }
});

export const process = computed<Process | null>(
  () => typed.value ?? (modelCard.value?.process?.process as Process | undefined) ?? null,
);

/** A network that is being trained, as it was read last; null before the first frame, and undefined where none is. */
export const learning = signal<Frame | null | undefined>(undefined);

/** The model's network is shown only beside its own process, and not while another one is being trained. */
export const trainedModel = computed(() =>
  typed.value || learning.value !== undefined ? null : modelCard.value,
);

const tokensOf = (of: Process): number => historiesOf(of, 1).made.tokens.length;

/** Tokens of the longest histories of the film's frames. */
export const shortLength = computed(() => {
  const tokens = process.value ? tokensOf(process.value) : 2;
  const most = trainedModel.value?.process?.length ?? 10;
  let [length, words] = [0, 0];
  while (length < most && words + tokens ** (length + 1) <= SHORT) words += tokens ** ++length;
  return Math.max(1, length);
});

/** Tokens of the longest histories that are drawn: all that the model reads, or as many as the page enumerates. */
export const fullLength = computed(() => {
  if (trainedModel.value?.process) return trainedModel.value.process.length;
  const tokens = process.value ? tokensOf(process.value) : 2;
  let [length, words] = [0, 0];
  while (length < 10 && words + tokens ** (length + 1) <= 100_000) words += tokens ** ++length;
  return Math.max(1, length);
});

export const views = computed(() => {
  const of = process.value;
  return of ? viewsOf(of, historiesOf(of, 1).made) : [];
});

export const simplexView = computed(() => {
  const all = views.value;
  return all.find(({ name }) => name === beliefView.value.look) ?? all[0] ?? null;
});

/** Checkpoints in the order of training. */
export const checkpoints = computed(() => trainedModel.value?.revisions ?? []);

/** The checkpoint on screen, by its place among them. */
export const atCheckpoint = computed(() => {
  const all = checkpoints.value;
  const found = all.findIndex(({ revision }) => revision === beliefView.value.revision);
  return found < 0 ? all.length - 1 : found;
});

export const playing = signal(false);

/** What the room leaves as it is: the model's own process. */
const PLAIN = { analysis: "belief" as const, process: null, last: null };

const filmRequest = computed<BeliefFilmRequest | null>(() => {
  const model = trainedModel.value;
  if (!model) return null;
  const names = model.revisions.map(({ revision }) => revision);
  const { weights, frozen } = beliefView.value;
  return {
    analysis: "belief_film",
    belief: {
      ...PLAIN,
      model: { name: model.name, revision: names.at(-1) as string, dtype: "float32" },
      places: [],
      length: shortLength.value,
      weights,
      probe: frozen ? "final" : "own",
    },
    revisions: names,
  };
});

export const film = new Question<BeliefFilmRequest, null, Frame, "belief">({
  request: filmRequest,
  kept: 4,
  read: () => null,
  parts: {
    of: "belief",
    name: (part) => part.model.revision,
    level: (part) => part.length ?? 0,
    read: frameOf,
    whole: true,
  },
});

const frames = computed(() => film.parts.value);

export const frameOfRevision = (revision: string | undefined): Frame | undefined =>
  revision === undefined ? undefined : frames.value.get(revision)?.value;

/** The film's frame on screen. */
export const short = computed(() => frameOfRevision(checkpoints.value[atCheckpoint.value]?.revision));

/** Places that can be looked at, in the order of the network. */
export const places = computed<readonly string[]>(
  () => learning.value?.places ?? frames.value.values().next().value?.value.places ?? [],
);

/** The place on screen: the one chosen, else the last stream before the norm. */
export const place = computed(() => {
  const all = places.value;
  const { place: chosen } = beliefView.value;
  return all.includes(chosen) ? chosen : (all.filter((name) => name.endsWith("_post")).at(-1) ?? "final");
});

const fineRequest = computed<BeliefRequest | null>(() => {
  const [model, row] = [trainedModel.value, checkpoints.value[atCheckpoint.value]];
  if (!model || !row || fullLength.value <= shortLength.value || places.value.length === 0) return null;
  return {
    ...PLAIN,
    model: { name: model.name, revision: row.revision, dtype: "float32" },
    places: [place.value],
    length: fullLength.value,
    weights: beliefView.value.weights,
    probe: beliefView.value.frozen ? "final" : "own",
  };
});

/** All histories at the checkpoint and place on screen; not while the film plays. */
export const fine = new Question<BeliefRequest, Frame, never>({
  request: fineRequest,
  when: computed(() => !playing.value),
  kept: 12,
  pause: 500,
  read: frameOf,
});

/** The same before training: the control must be of the same histories. */
export const fineBefore = new Question<BeliefRequest, Frame, never>({
  request: computed<BeliefRequest | null>(() => {
    const [first, asked] = [checkpoints.value[0], fineRequest.value];
    if (first?.step !== 0 || !asked) return null;
    return { ...asked, model: { ...asked.model, revision: first.revision } };
  }),
  when: computed(() => fine.status.value === "done"),
  kept: 12,
  pause: 500,
  read: frameOf,
});

/** What is drawn at the right: all histories where they are there, else the film's frame. */
export const shown = computed<Frame | null>(
  () => learning.value ?? (playing.value ? null : fine.own.value) ?? short.value ?? null,
);

/** The untrained network's frame, of the histories that are shown; nothing where it is not there. */
export const untrained = computed<Frame | undefined>(() => {
  const first = checkpoints.value[0];
  const all = [fineBefore.own.value, first?.step === 0 ? frameOfRevision(first.revision) : undefined];
  return all.find((frame) => frame?.length === shown.value?.length) ?? undefined;
});

/** The request that what is on screen answers: of the checkpoint's beliefs, or of the process' own alone. */
export function asked(): AnyRequest | null {
  const of = process.peek();
  if (!trainedModel.peek())
    return of && ({ analysis: "presentation", process: of, length: fullLength.peek() } as AnyRequest);
  return fineRequest.peek() ?? filmRequest.peek();
}

/** The histories that are on screen, on both sides the same. */
export const histories = computed(() => {
  const of = process.value;
  return of
    ? historiesOf(of, shown.value?.length ?? (trainedModel.value ? shortLength.value : fullLength.value))
    : null;
});

/** Begins to answer what the room shows; the function that is returned ends it. */
export function startBelief(): () => void {
  const ends = [
    film.start(),
    fine.start(),
    fineBefore.start(),
    effect(() => {
      if (checkpoints.value.length < 2) playing.value = false;
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
