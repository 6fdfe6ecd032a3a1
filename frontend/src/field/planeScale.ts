/**
 * The scale of a plane: the largest distance of each channel over all of it, whatever window is looked at.
 *
 * A slice that covers the whole plane says it; a closer one is drawn on it, so that looking closer changes no colour.
 */
import { largest, type Slice, type Triple, triple } from "./slice";
import { WHOLE } from "./view";

interface Known {
  /** Points along a side of the slice that said it. */
  readonly points: number;
  readonly most: Triple<number>;
}

/** Planes that are remembered. */
const KEPT = 512;

const known = new Map<string, Known>();
const names = new WeakMap<Slice, string>();

/** What a slice shows apart from window and grid: model, checkpoint, prompts, layer, distance. */
export function planeOf(slice: Slice): string {
  let name = names.get(slice);
  if (name === undefined) {
    const { window: _, resolution: __, exact: ___, ...rest } = slice.recipe;
    name = JSON.stringify(rest);
    names.set(slice, name);
  }
  return name;
}

/** Whether a slice covers the whole plane. */
export function isWhole({ alpha, beta }: Slice): boolean {
  // Single precision writes −0.25 and 1.25 exactly; a window in double is as it was asked.
  const covers = (axis: Slice["alpha"], [low, high]: readonly [number, number]): boolean =>
    (axis[0] ?? 0) <= low && (axis.at(-1) ?? 0) >= high;
  return covers(alpha, WHOLE.alpha) && covers(beta, WHOLE.beta);
}

/** Remembers the scale that a slice of a whole plane says, the finest one's. */
function note(slice: Slice): void {
  const name = planeOf(slice);
  const before = known.get(name);
  if (before && before.points >= slice.nx) return;
  known.delete(name);
  known.set(name, { points: slice.nx, most: largest(slice) });
  for (const old of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(old);
  }
}

/** Whether the scale of a slice's plane is known. */
export function knowsScale(slice: Slice): boolean {
  return isWhole(slice) || known.has(planeOf(slice));
}

/**
 * The scale of a slice's plane; what is seen of it beyond the whole counts, too. Unknown: that of the slice itself.
 * Slices of the whole plane are remembered as they pass here, which is wherever they are drawn.
 */
export function planeScale(slice: Slice): Triple<number> {
  const own = largest(slice);
  if (isWhole(slice)) {
    note(slice);
    return own;
  }
  const most = known.get(planeOf(slice))?.most;
  return most ? triple((k) => Math.max(most[k], own[k])) : own;
}
