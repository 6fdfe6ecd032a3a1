/** Where checkpoints lie in training: a log axis of steps (tokens where no step is known, else just their order). */
import { computed } from "@preact/signals";
import { card, frameNames } from "../question";

export interface Moments {
  readonly unit: "training steps" | "training tokens" | "checkpoints";
  /** One per frame. */
  readonly values: readonly number[];
}

/** The axis a list of moments lies on. */
export function momentsOf(rows: readonly { step: number | null; tokens: number | null }[]): Moments {
  const steps = rows.map((row) => row.step);
  if (steps.every((step) => step !== null)) return { unit: "training steps", values: steps as number[] };
  const tokens = rows.map((row) => row.tokens);
  if (tokens.every((count) => count !== null)) return { unit: "training tokens", values: tokens as number[] };
  return { unit: "checkpoints", values: rows.map((_, i) => i) };
}

/** Place of frame `i` on the axis, 0…1: log₂(1 + step) between the first and the last. */
export function position(moments: Moments, i: number): number {
  const { values, unit } = moments;
  if (values.length < 2) return 0.5;
  if (unit === "checkpoints") return i / (values.length - 1);
  const scale = unit === "training tokens" ? Math.max(1, Math.min(...values.filter((x) => x > 0))) : 1;
  const log = (x: number): number => Math.log2(1 + x / scale);
  const low = log(Math.min(...values));
  const high = log(Math.max(...values));
  return high > low ? (log(values[i] ?? 0) - low) / (high - low) : i / (values.length - 1);
}

export const steps = computed<Moments>(() => {
  const rows = new Map((card.value?.revisions ?? []).map((row) => [row.revision, row]));
  return momentsOf(frameNames.value.map((name) => rows.get(name) ?? { step: stepIn(name), tokens: null }));
});

/** The step that a revision's name tells: step512, checkpoint-400, stage1-step1000-tokens4B. */
export function stepIn(name: string): number | null {
  const found = /(?:step-?|checkpoint-)(\d+)/.exec(name);
  return found ? Number(found[1]) : null;
}

/** Those indices whose places keep `room` apart, chosen so that the ends and the frame on screen come first. */
export function spaced(places: readonly number[], room: number, first: readonly number[]): Set<number> {
  const kept = new Set<number>();
  const order = [...first, ...places.keys()];
  for (const i of order) {
    const at = places[i];
    if (at === undefined || kept.has(i)) continue;
    let free = true;
    for (const other of kept) if (Math.abs((places[other] ?? 0) - at) < room) free = false;
    if (free) kept.add(i);
  }
  return kept;
}
