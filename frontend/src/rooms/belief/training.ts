/** Training a network on the process on screen: asked like anything else, and a model like any other once it is done. */
import { batch, computed, effect, signal } from "@preact/signals";
import { catalogue } from "../../api/catalogue";
import { source } from "../../api/source";
import type { BeliefTrainingRequest } from "../../api/types";
import { Question } from "../../asking/question";
import { learning, process } from "./asking";
import { type Frame, frameOf } from "./frame";
import { showBelief } from "./link";

export const STEPS: readonly number[] = [300, 1000, 3000];
export const TARGETS = ["exact", "sampled"] as const;

export const chosen = signal<{ readonly steps: number; readonly targets: (typeof TARGETS)[number] }>({
  steps: 1000,
  targets: "exact",
});

const request = signal<BeliefTrainingRequest | null>(null);

export const training = new Question<BeliefTrainingRequest, string, Frame, "belief_training">({
  request,
  pause: 0,
  read: (file) => String(file.metadata["model"]),
  parts: {
    of: "belief_training",
    name: (part) => String(part.until ?? ""),
    read: frameOf,
    // The newest first: it is what one looks at.
    next: (waiting) => [...waiting.keys()].sort((one, other) => Number(other) - Number(one))[0],
  },
});

export const isTraining = computed(() => request.value !== null);

/** The step that was read last, and its frame. */
const newest = computed<Frame | null>(() => {
  let [last, frame] = [-1, null as Frame | null];
  for (const [step, { value }] of training.parts.value)
    if (Number(step) > last) [last, frame] = [Number(step), value];
  return frame;
});

export function train(): void {
  const of = process.peek();
  if (of)
    request.value = { analysis: "belief_training", process: of, ...chosen.peek() } as BeliefTrainingRequest;
}

/** Back to what was there before. */
export function leaveTraining(): void {
  request.value = null;
}

/** Begins to answer what is to be trained; the function that is returned ends it. */
export function startTraining(): () => void {
  const ends = [
    training.start(),
    effect(() => {
      learning.value = isTraining.value ? newest.value : undefined;
    }),
    effect(() => {
      const model = training.own.value;
      if (model) void join(model);
    }),
  ];
  return () => {
    for (const end of ends) end();
    leaveTraining();
  };
}

/** The model is there: it takes the place of its training. */
async function join(model: string): Promise<void> {
  const found = await source.catalogue();
  batch(() => {
    catalogue.value = found;
    leaveTraining();
    if (found.models.some(({ name }) => name === model))
      showBelief({ model, revision: "", place: "", look: "", word: "", process: "" });
  });
}
