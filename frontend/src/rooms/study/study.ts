/** What the study room asks: many random pairs over checkpoints, sizes and layers, or similar against dissimilar pairs. */
import {
  asPosted,
  type Catalogue,
  type Distance,
  type MeaningRequest,
  type ModelCard,
  type StudyCellRequest,
  type StudyRequest,
  type SweepOf,
} from "../../api/types";
import { cardOf } from "../../subject/view";

export const CORPORA = ["facts", "stdlib", "texts"] as const;
export const OVERS = ["tokens", "steps", "parameters"] as const;
export const MEASURES = ["sharpness", "width"] as const;
export const SECTIONS = ["sharpness", "meaning"] as const;
export const CONTRASTS = ["wording", "answers", "paper", "own"] as const;

/** Ways of comparing pairs, as the server names them. */
export const SCORES = ["end_distance", "farthest", "one_token", "anchor_distance", "anchor_cosine"] as const;

export type Score = (typeof SCORES)[number];
export type Corpus = (typeof CORPORA)[number];
export type Over = (typeof OVERS)[number];
export type Measure = (typeof MEASURES)[number];
export type Section = (typeof SECTIONS)[number];
/** The dissimilar pairs: the facts suite's (one wording, any), the paper's, or the visitor's own. */
export type Contrast = (typeof CONTRASTS)[number];

/** All checkpoints, eight evenly over the logarithm of the step, or those named. */
export type Checkpoints = "all" | "eight" | readonly string[];

export interface Study {
  readonly section: Section;
  readonly distance: Distance;
  readonly steps: number;
  readonly seed: number;
  readonly checkpoints: Checkpoints;

  readonly models: readonly string[];
  readonly layers: readonly number[];
  readonly corpus: Corpus;
  /** Own text, for the corpus `texts`. */
  readonly text: string;
  readonly pairs: number;
  readonly promptTokens: number;
  readonly over: Over;
  readonly measure: Measure;
  /** Models whose lines are hidden. */
  readonly hidden: readonly string[];
  /** The cell that is looked into: model, checkpoint, layer. */
  readonly cell: readonly [string, string, number] | null;
  /** The pair that is looked at, by its place in the cell; null: the one of median sharpness. */
  readonly pair: number | null;

  readonly meaningModel: string;
  readonly meaningLayers: readonly number[];
  readonly meaningPairs: number;
  readonly contrast: Contrast;
  /** Own pairs, one a line, `|` between. */
  readonly same: string;
  readonly different: string;
  /** By which the areas of the table judge. */
  readonly score: Score;
  /** The cell whose distributions are shown: checkpoint, layer; null: the last checkpoint, the model's own layer. */
  readonly place: readonly [string, number] | null;
}

/** What the room opens with: the first shipped study, the first shipped comparison. */
export function firstStudy(catalogue: Catalogue | null): Study {
  const shipped = catalogue?.studies[0];
  const sweep = catalogue?.comparisons[0];
  const largest = catalogue?.models.at(-1);
  return {
    section: "sharpness",
    distance: shipped?.distance ?? "hellinger",
    steps: shipped?.steps ?? 51,
    seed: shipped?.seed ?? 0,
    checkpoints: "all",
    models: shipped?.models.map((model) => model.name) ?? (largest ? [largest.name] : []),
    layers: shipped?.write_layers ?? [0],
    corpus: shipped?.corpus ?? "facts",
    text: "",
    pairs: shipped?.pairs ?? 1000,
    promptTokens: shipped?.prompt_tokens ?? 10,
    over: "tokens",
    measure: "sharpness",
    hidden: [],
    cell: null,
    pair: null,
    meaningModel: sweep?.request.model.name ?? largest?.name ?? "",
    meaningLayers: sweep?.write_layers ?? [0],
    meaningPairs: sweep?.request.pairs ?? 300,
    contrast: "wording",
    same: "",
    different: "",
    score: "end_distance",
    place: null,
  };
}

/** The longest passage that the server takes, characters. */
const PASSAGE = 8192;

/** Own text as passages: paragraphs where there are blank lines, else lines; long ones parted at a space. */
export function passages(text: string): string[] {
  const clean = text.replaceAll("\r\n", "\n").trim();
  const parts = /\n\s*\n/.test(clean) ? clean.split(/\n\s*\n/) : clean.split("\n");
  return parts.flatMap((part) => parted(part.trim())).filter(Boolean);
}

function parted(text: string): string[] {
  if (text.length <= PASSAGE) return [text];
  const space = text.lastIndexOf(" ", PASSAGE);
  const at = space > 0 ? space : PASSAGE;
  return [text.slice(0, at), ...parted(text.slice(at).trim())];
}

/** Pairs of prompts, one a line, `|` between; one space on each side of it is layout, others belong to the prompt. */
export function promptPairs(text: string): [string, string][] {
  return text
    .split("\n")
    .map((line): [string, string] => {
      const at = line.indexOf("|");
      return at < 0
        ? ["", ""]
        : [
            line.slice(0, at).replace(/ $/, ""),
            line
              .slice(at + 1)
              .replace(/^ /, "")
              .trimEnd(),
          ];
    })
    .filter(([a, b]) => a.trim() !== "" && b.trim() !== "");
}

/** So many of a model's checkpoints, evenly over the logarithm of the step; those without a step, by their order. */
export function evenly(card: ModelCard, count: number): string[] {
  const rows = card.revisions;
  if (rows.length <= count) return rows.map((row) => row.revision);
  const places = rows.map((row, i) => Math.log2(1 + (row.step ?? i)));
  const [low, high] = [places[0] ?? 0, places.at(-1) ?? 1];
  const taken = new Set<number>();
  for (let k = 0; k < count; k++) {
    const aim = low + (k * (high - low)) / (count - 1);
    let best = -1;
    for (const [i, place] of places.entries()) {
      if (taken.has(i)) continue;
      if (best < 0 || Math.abs(place - aim) < Math.abs((places[best] ?? 0) - aim)) best = i;
    }
    taken.add(best);
  }
  return rows.filter((_, i) => taken.has(i)).map((row) => row.revision);
}

/** The checkpoints of one model that a choice names; never none. */
export function revisionsOf(choice: Checkpoints, card: ModelCard | undefined): string[] {
  const all = card?.revisions.map((row) => row.revision) ?? [];
  if (all.length === 0) return typeof choice === "string" ? ["main"] : [...choice];
  if (choice === "all") return all;
  if (choice === "eight") return card ? evenly(card, 8) : all;
  const kept = all.filter((name) => choice.includes(name));
  return kept.length > 0 ? kept : all.slice(-1);
}

/** Where every cell that is asked will lie, as far as the catalogue knows: so that the axis stands before its points. */
export function planned(study: Study, catalogue: Catalogue, over: Over): number[] {
  return study.models.flatMap((name) => {
    const card = cardOf(catalogue, name);
    if (!card) return [];
    if (over === "parameters") return [card.parameters];
    const asked = new Set(revisionsOf(study.checkpoints, card));
    const rows = card.revisions.filter((row) => asked.has(row.revision));
    return rows.map((row) => (over === "tokens" ? row.tokens : row.step)).filter((value) => value !== null);
  });
}

const sampled = (study: Study) => ({
  corpus: study.corpus,
  texts: study.corpus === "texts" ? passages(study.text) : [],
  pairs: study.pairs,
  prompt_tokens: study.promptTokens,
  distance: study.distance,
  steps: study.steps,
  seed: study.seed,
});

/** The study as a request; null while it names no model, no layer or no text. */
export function studyRequestOf(study: Study, catalogue: Catalogue): StudyRequest | null {
  const asked = sampled(study);
  if (study.models.length === 0 || study.layers.length === 0) return null;
  if (study.corpus === "texts" && asked.texts.length === 0) return null;
  const models = study.models.map((name) => ({
    name,
    revisions: revisionsOf(study.checkpoints, cardOf(catalogue, name)),
  }));
  return asPosted<StudyRequest>({ analysis: "study", models, write_layers: [...study.layers], ...asked });
}

/** One cell of a study as a request. */
export function cellRequestOf(
  study: Study,
  [name, revision, layer]: readonly [string, string, number],
): StudyCellRequest {
  return asPosted<StudyCellRequest>({
    analysis: "study_cell",
    model: { name, revision },
    write_layer: layer,
    ...sampled(study),
  });
}

/** The comparison as a sweep over checkpoints and layers; null while it has no pairs. */
export function meaningRequestOf(study: Study, catalogue: Catalogue): SweepOf<MeaningRequest> | null {
  const card = cardOf(catalogue, study.meaningModel);
  if (!study.meaningModel || study.meaningLayers.length === 0) return null;
  const revisions = revisionsOf(study.checkpoints, card);
  const own = card?.write_layer ?? 0;
  const layer = study.meaningLayers.includes(own) ? own : (study.meaningLayers[0] ?? 0);
  const given = givenPairs(study, catalogue);
  if (given && (given.same.length === 0 || given.different.length === 0)) return null;
  const request = asPosted<MeaningRequest>({
    analysis: "meaning",
    model: { name: study.meaningModel, revision: revisions.at(-1) ?? "main" },
    write_layer: layer,
    distance: study.distance,
    steps: study.steps,
    ...(given
      ? { texts_same: given.same, texts_different: given.different }
      : {
          pairs: study.meaningPairs,
          seed: study.seed,
          contrast: study.contrast === "answers" ? "answers" : "wording",
        }),
  });
  return { analysis: "sweep", request, revisions, write_layers: [...study.meaningLayers] };
}

/** The paper's pairs or the visitor's; null: the server draws the suite's. */
function givenPairs(study: Study, catalogue: Catalogue) {
  if (study.contrast === "own")
    return { same: promptPairs(study.same), different: promptPairs(study.different) };
  if (study.contrast !== "paper") return null;
  const of = (meaning: "same" | "different"): [string, string][] =>
    catalogue.paper
      .filter((pair) => pair.meaning === meaning)
      .map((pair) => [...pair.prompts] as [string, string]);
  return { same: of("same"), different: of("different") };
}
