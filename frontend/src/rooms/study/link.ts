/** What the study room asks and shows, and its rows in the link. */
import { catalogue } from "../../api/catalogue";
import type { Distance } from "../../api/types";
import { rowsOf } from "../../shell/row";
import { State } from "../../shell/state";
import { CONTRASTS, CORPORA, firstStudy, MEASURES, OVERS, SCORES, SECTIONS, type Study } from "./study";

const { row, choice, whole } = rowsOf<Study>();

const apart = (text: string): string[] => text.split(",").filter(Boolean);
const unique = (names: readonly unknown[]): boolean =>
  names.length > 0 && new Set(names).size === names.length;

function layersIn(text: string): number[] | undefined {
  const found = apart(text);
  return unique(found) && found.every((one) => /^\d{1,4}$/.test(one)) ? found.map(Number) : undefined;
}

const DISTANCES: readonly Distance[] = ["l2", "hellinger", "tv", "js", "cosine"];

/** Everything is written out: a link means the same when a default changes. */
export const studyView = new State<Study>({
  rows: {
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
    "s.pairs": whole("pairs", 1, 10_000),
    "s.length": whole("promptTokens", 2, 256),
    "s.d": choice("distance", DISTANCES),
    "s.n": whole("steps", 5, 1001),
    "s.seed": whole("seed", 0, 2 ** 31 - 1),
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
    "m.pairs": whole("meaningPairs", 2, 2000),
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
  },
  first: () => firstStudy(catalogue.peek()),
});
