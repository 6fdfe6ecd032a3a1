/** Choosing checkpoints: the ways that are offered, and the view that follows. */
import type { Catalogue, Distance, ModelDocument, RevisionCard } from "../../api/types";
import { isRepository } from "../../asking/repository";
import { WHOLE } from "../../field/view";
import { toModel } from "../pick";
import { MOST_FRAMES, type View } from "../view";

export interface Way {
  /** A selection's word, or `all`, `disk`, `hand`. */
  readonly how: string;
  readonly text: string;
  readonly revisions: readonly string[];
}

const TEXTS: Readonly<Record<string, string>> = {
  "log-8": "Eight, log-spaced",
  paper: "As in the paper",
  last: "The last one",
};

/** The ways to choose among a model's checkpoints, but for choosing by hand. */
export function ways({ card, selections, on_disk }: ModelDocument): Way[] {
  const all = card.revisions.map((row) => row.revision);
  const found: Way[] = selections.map(({ how, text, revisions }) => ({
    how,
    text: TEXTS[how] ?? text,
    revisions,
  }));
  if (!isRepository(card.name) && all.length <= MOST_FRAMES)
    found.unshift({ how: "all", text: "All of them", revisions: all });
  if (isRepository(card.name) && on_disk.length > 0)
    found.push({ how: "disk", text: "Those on this disk", revisions: on_disk });
  return found;
}

/** The way that a sheet opens with: what is shown now, else what is here when nothing else can be had, else the first. */
export function firstWay(offered: readonly Way[], view: View, model: string, offline: boolean): string {
  if (view.model === model && view.revisions) {
    const now = view.revisions.join();
    return offered.find((way) => way.revisions.join() === now)?.how ?? "hand";
  }
  if (offline && offered.some((way) => way.how === "disk")) return "disk";
  return offered[0]?.how ?? "hand";
}

/** Checkpoints in the order of training; those that the model does not list come last, as they were typed. */
export function ordered(picked: ReadonlySet<string>, revisions: readonly RevisionCard[]): string[] {
  const listed = revisions.map((row) => row.revision).filter((name) => picked.has(name));
  const known = new Set(listed);
  return [...listed, ...[...picked].filter((name) => !known.has(name))];
}

/** Names of `count` checkpoints between two of them, evenly spaced in the logarithm of their step. */
export function between(
  revisions: readonly RevisionCard[],
  from: number,
  to: number,
  count: number,
): string[] {
  const part = revisions.slice(Math.min(from, to), Math.max(from, to) + 1);
  if (part.length <= count) return part.map((row) => row.revision);
  const at = (row: RevisionCard, i: number): number => Math.log2(1 + (row.step ?? i));
  const places = part.map(at);
  const [low, high] = [places[0] ?? 0, places.at(-1) ?? 1];
  const taken = new Set<number>();
  for (let n = 0; n < count; n++) {
    const target = low + ((high - low) * n) / Math.max(1, count - 1);
    let best = -1;
    places.forEach((place, i) => {
      const nearer = best < 0 || Math.abs(place - target) < Math.abs((places[best] ?? 0) - target);
      if (!taken.has(i) && nearer) best = i;
    });
    if (best >= 0) taken.add(best);
  }
  return part.filter((_, i) => taken.has(i)).map((row) => row.revision);
}

/** The change of view that opens a model at some of its checkpoints. */
export function opening(
  catalogue: Catalogue,
  view: View,
  { card }: ModelDocument,
  revisions: readonly string[],
): Partial<View> {
  const revision = revisions.includes(view.revision) ? view.revision : (revisions.at(-1) ?? "main");
  const all = card.revisions.map((row) => row.revision);
  const own = !isRepository(card.name) && all.join() === revisions.join();
  const frames = { revision, revisions: own ? null : revisions };
  if (card.name === view.model) return frames;
  if (!isRepository(card.name)) return { ...toModel(catalogue, view, card.name), ...frames };
  return {
    ...frames,
    model: card.name,
    layer: card.write_layer,
    distance: card.distance as Distance,
    window: WHOLE,
    bos: null,
    pin: null,
  };
}
