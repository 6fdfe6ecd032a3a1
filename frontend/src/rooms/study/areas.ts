/** How well each way of comparing tells meanings apart, by checkpoint and layer: from a sweep, or its cells so far. */
import type { ResultFile } from "../../api/decode";
import { cellsListed } from "../../api/recipe";
import type { MeaningRequest } from "../../api/types";
import type { Part } from "../../asking/parts";
import { numbersOf } from "./cells";
import { SCORES, type Score } from "./study";

/** Ways of comparing in words. */
export const SCORE_WORDS: Readonly<Record<Score, string>> = {
  end_distance: "how far apart outputs end, d(1)",
  farthest: "how far the output goes on the way",
  one_token: "one likeliest token all along",
  anchor_distance: "distance of the activations, ‖B − A‖",
  anchor_cosine: "1 − cosine of the activations",
};

export interface Area {
  readonly revision: string;
  readonly layer: number;
  /** By score: ½ is guessing, 1 tells every pair apart. */
  readonly of: Readonly<Record<Score, number>>;
}

function area(request: MeaningRequest, scores: readonly string[], values: readonly number[]): Area {
  const of = Object.fromEntries(SCORES.map((name) => [name, values[scores.indexOf(name)] ?? Number.NaN]));
  return {
    revision: request.model.revision ?? "main",
    layer: request.write_layer ?? 0,
    of: of as Record<Score, number>,
  };
}

/** Every cell of a finished sweep. */
export function areasOf(file: ResultFile): Area[] {
  const scores = (file.metadata["scores"] ?? []) as readonly string[];
  const values = numbersOf(file, "auc");
  return cellsListed(file, "meaning").map(({ request }, i) =>
    area(request, scores, values.slice(i * scores.length, (i + 1) * scores.length)),
  );
}

/** A cell by itself. */
export function areaOf(part: Part<ResultFile, "meaning">): Area {
  const scores = (part.value.metadata["scores"] ?? []) as readonly string[];
  return area(part.request, scores, numbersOf(part.value, "auc"));
}

const two = (value: number): string => (value > 0.995 && value < 1 ? value.toFixed(3) : value.toFixed(2));

/** What the comparison shows at one layer, in numbers: before and after training, and what activations alone tell. */
export function meaningFinding(areas: readonly Area[], layer: number, revisions: readonly string[]): string {
  const own = revisions
    .map((name) => areas.find((one) => one.revision === name && one.layer === layer))
    .filter((one) => one !== undefined);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) return "";
  const now = last.of.end_distance;
  const words =
    `After block ${layer}, at ${last.revision}: of a similar and a dissimilar pair, outputs end nearer in the similar one ` +
    `${two(now)} of the time (AUC; 0.50 is guessing)`;
  const before = first === last ? "" : `; at ${first.revision} it was ${two(first.of.end_distance)}`;
  const inside = `. “One token all along” tells them with ${two(last.of.one_token)}, the activations’ own distance with ${two(last.of.anchor_distance)}.`;
  return words + before + inside;
}
