/** Checkpoints in words, and a few of many, evenly spread in the logarithm of the step. */
import type { ModelCard } from "../../api/types";
import { compact, whole } from "../../kit/numbers";
import { type Moments, momentsOf, position, stepIn } from "./steps";

/** "step 1,536", or tokens where no step is known, or the name itself. */
export function momentText(card: ModelCard | undefined, revision: string): string {
  const row = card?.revisions.find((one) => one.revision === revision);
  const step = row?.step ?? stepIn(revision);
  if (step !== null) return `step ${whole(step)}`;
  return typeof row?.tokens === "number" ? `${compact(row.tokens)} tokens` : revision;
}

/** The same for a column's head: as short as it can be. */
export function momentHead(card: ModelCard | undefined, revision: string): string {
  const text = momentText(card, revision);
  const step = /^step ([\d,]+)$/.exec(text)?.[1]?.replaceAll(",", "");
  return step === undefined ? text : Number(step) >= 10_000 ? compact(Number(step)) : whole(Number(step));
}

/** Where these checkpoints lie in training. */
export function momentsAt(card: ModelCard | undefined, revisions: readonly string[]): Moments {
  const rows = new Map(card?.revisions.map((row) => [row.revision, row]));
  return momentsOf(revisions.map((name) => rows.get(name) ?? { step: stepIn(name), tokens: null }));
}

/** At most `count` of the checkpoints, evenly spread on a log axis of steps; the first and the last always. */
export function spreadMoments(
  card: ModelCard | undefined,
  revisions: readonly string[],
  count: number,
): readonly string[] {
  const moments = momentsAt(card, revisions);
  const kept = spreadPlaces(
    revisions.map((_, i) => position(moments, i)),
    count,
  );
  return kept.map((i) => revisions[i] as string);
}

/** At most `count` of the layers 0 … `layers` − 1, evenly spread; the first and the last always. */
export function spreadLayers(layers: number, count: number): readonly number[] {
  if (layers <= count) return Array.from({ length: layers }, (_, layer) => layer);
  return Array.from({ length: count }, (_, n) => Math.round((n * (layers - 1)) / (count - 1)));
}

/**
 * Indices of at most `count` places (rising, 0…1), as evenly apart as they allow: the goals k / (count − 1) are gone
 * through from both ends, and each takes the nearest place that leaves enough places for the goals to come.
 */
export function spreadPlaces(places: readonly number[], count: number): readonly number[] {
  if (places.length <= count) return places.map((_, i) => i);
  const kept: number[] = [];
  for (let k = 0; k < count; k++) {
    const goal = k / (count - 1);
    const low = (kept.at(-1) ?? -1) + 1;
    const high = places.length - (count - k);
    let best = k === count - 1 ? places.length - 1 : low;
    for (let i = best; i <= high; i++) {
      if (Math.abs((places[i] ?? 0) - goal) < Math.abs((places[best] ?? 0) - goal)) best = i;
    }
    kept.push(best);
  }
  return kept;
}
