/** Rows of the link for the study room. They are written once somebody has entered it, whatever room is open now. */
import type { Catalogue, Distance } from "../../api/types";
import type { Row } from "../../shell/link";
import { CONTRASTS, CORPORA, firstStudy, MEASURES, OVERS, SCORES, SECTIONS, type Study } from "./study";

type Value = Study[keyof Study];

/** A row that writes one field, and reads it on top of what was read before. */
function row<K extends keyof Study>(
  field: K,
  write: (study: Study) => string | null,
  read: (text: string, catalogue: Catalogue) => Study[K] | undefined,
  expected: string,
): Row {
  return {
    write: (view) => (view.study ? write(view.study) : null),
    read: (text, draft, catalogue) => {
      const found = read(text, catalogue);
      if (found === undefined) return expected;
      draft.study = { ...(draft.study ?? firstStudy(catalogue)), [field]: found as Value };
      return undefined;
    },
  };
}

function choice<K extends keyof Study>(field: K, values: readonly (Study[K] & string)[]): Row {
  return row(
    field,
    (study) => String(study[field]),
    (text) => values.find((value) => value === text),
    `one of ${values.join(", ")}`,
  );
}

function count<K extends "pairs" | "promptTokens" | "steps" | "seed" | "meaningPairs">(
  field: K,
  least: number,
  most: number,
): Row {
  return row(
    field,
    (study) => String(study[field]),
    (text) =>
      (/^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined) as
        | Study[K]
        | undefined,
    `a whole number from ${least} to ${most}`,
  );
}

const apart = (text: string): string[] => text.split(",").filter(Boolean);
const unique = (names: readonly unknown[]): boolean =>
  names.length > 0 && new Set(names).size === names.length;

function layersIn(text: string): number[] | undefined {
  const found = apart(text);
  return unique(found) && found.every((one) => /^\d{1,4}$/.test(one)) ? found.map(Number) : undefined;
}

const DISTANCES: readonly Distance[] = ["l2", "hellinger", "tv", "js", "cosine"];

export const studyRows: Readonly<Record<string, Row>> = {
  "s.section": choice("section", SECTIONS),
  "s.models": row(
    "models",
    (study) => study.models.join(","),
    (text) => (unique(apart(text)) ? apart(text) : undefined),
    "different models, comma between",
  ),
  "s.steps": row(
    "checkpoints",
    ({ checkpoints }) => (typeof checkpoints === "string" ? checkpoints : checkpoints.join(",")),
    (text) => (text === "all" || text === "eight" ? text : unique(apart(text)) ? apart(text) : undefined),
    "all, eight, or different checkpoints, comma between",
  ),
  "s.layers": row("layers", (study) => study.layers.join(","), layersIn, "different layers, comma between"),
  "s.corpus": choice("corpus", CORPORA),
  "s.text": row(
    "text",
    (study) => study.text || null,
    (text) => (text.length <= 60_000 ? text : undefined),
    "at most 60,000 characters",
  ),
  "s.pairs": count("pairs", 1, 10_000),
  "s.length": count("promptTokens", 2, 256),
  "s.d": choice("distance", DISTANCES),
  "s.n": count("steps", 5, 1001),
  "s.seed": count("seed", 0, 2 ** 31 - 1),
  "s.over": choice("over", OVERS),
  "s.of": choice("measure", MEASURES),
  "s.hide": row(
    "hidden",
    (study) => study.hidden.join(",") || null,
    (text) => (unique(apart(text)) ? apart(text) : undefined),
    "different models, comma between",
  ),
  "s.cell": row(
    "cell",
    (study) => study.cell?.join(",") ?? null,
    (text) => {
      const [model, revision, layer, ...more] = text.split(",");
      const fits = model && revision && /^\d{1,4}$/.test(layer ?? "") && more.length === 0;
      return fits ? [model, revision, Number(layer)] : undefined;
    },
    "a model, its checkpoint and a layer, comma between",
  ),
  "s.pair": row(
    "pair",
    (study) => (study.pair === null ? null : String(study.pair)),
    (text) => (/^\d{1,5}$/.test(text) ? Number(text) : undefined),
    "a whole number",
  ),
  "m.model": row(
    "meaningModel",
    (study) => study.meaningModel,
    (text) => text || undefined,
    "a model’s name",
  ),
  "m.layers": row(
    "meaningLayers",
    (study) => study.meaningLayers.join(","),
    layersIn,
    "different layers, comma between",
  ),
  "m.pairs": count("meaningPairs", 2, 2000),
  "m.against": choice("contrast", CONTRASTS),
  "m.same": row(
    "same",
    (study) => study.same || null,
    (text) => text,
    "pairs of prompts",
  ),
  "m.different": row(
    "different",
    (study) => study.different || null,
    (text) => text,
    "pairs of prompts",
  ),
  "m.by": choice("score", SCORES),
  "m.at": row(
    "place",
    (study) => study.place?.join(",") ?? null,
    (text) => {
      const [revision, layer, ...more] = text.split(",");
      const fits = revision && /^\d{1,4}$/.test(layer ?? "") && more.length === 0;
      return fits ? [revision, Number(layer)] : undefined;
    },
    "a checkpoint and a layer, comma between",
  ),
};
