/** A small catalogue for tests: two families, one of two sizes. */
import type { AnimationRequest, Catalogue, ModelCard } from "../api/types";

export const STEPS = [0, 1, 2, 4, 8, 16, 32, 64] as const;

export function cardNamed(name: string, family: string, layers: number, prepend_bos = true): ModelCard {
  return {
    name,
    family,
    source: "bundled",
    architecture: "gpt_neox",
    parameters: layers * 50_000,
    layers,
    d_model: 64,
    d_vocab: 300,
    context: 64,
    prepend_bos,
    write_layer: Math.floor(layers / 6),
    distance: "hellinger",
    process: null,
    revisions: STEPS.map((step) => ({
      revision: `step${step}`,
      stage: null,
      step,
      tokens: step * 640,
      loss: null,
    })),
  };
}

export function asking(
  model: string,
  prompts: [string, string, string],
  write_layer: number,
): AnimationRequest {
  return {
    analysis: "animation",
    slice: {
      analysis: "slice",
      model: { name: model, revision: "step64", dtype: "float32" },
      prompts,
      write_layer,
      distance: "hellinger",
      contexts: "own",
      prepend_bos: null,
      tilt: null,
      window: { alpha: [-0.25, 1.25], beta: [-0.25, 1.25] },
      resolution: 65,
      exact: true,
    },
    revisions: STEPS.map((step) => `step${step}`),
  };
}

export const CATALOGUE: Catalogue = {
  models: [
    cardNamed("facts-4l", "facts", 4),
    cardNamed("facts-12l", "facts", 12),
    cardNamed("stdlib-6l", "stdlib", 6, false),
  ],
  families: [
    {
      family: "Pythia",
      repositories: ["70m", "12b"].map((size) => ({
        name: `EleutherAI/pythia-${size}`,
        parameters: 70_400_000,
        gated: false,
        checkpoints: true,
        tokens_per_step: 2_097_152,
      })),
      revisions: "step0, step1 …",
      license: "apache-2.0",
      note: "On the Pile.",
    },
  ],
  hub: { allowed: ["EleutherAI/*"], offline: false, keep: "keep" },
  distances: [{ name: "hellinger", text: "" }],
  resolutions: [9, 17, 33, 65, 129, 257, 513],
  presets: [
    {
      name: "statements",
      group: "syntax",
      title: "Statements",
      text: "",
      thumbnail: "0".repeat(64),
      request: asking("stdlib-6l", ["import", "for i in range(", "def __init__(self"], 1),
    },
  ],
  default: asking("facts-12l", ["The capital of France is", "Japan lies in", "People in Brazil speak"], 2),
  studies: [],
  comparisons: [],
  paper: [],
  version: "0.1.0",
};
