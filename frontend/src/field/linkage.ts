/**
 * Regions by likeness of outputs: two neighbours hang together where the step between their outputs is no larger than a
 * threshold, and regions are what hangs together (single linkage over the grid).
 *
 * The server sends the steps once; every threshold's regions follow from them here, while a slider moves. A step larger
 * than the threshold divides only where no way around it is made of smaller ones.
 */

import { type Regions, regions } from "./regions";

/** The distance between the outputs of neighbouring points. */
export interface Steps {
  readonly nx: number;
  readonly ny: number;
  /** [ny, nx − 1]: from each point to its right neighbour. */
  readonly right: Float32Array;
  /** [ny − 1, nx]: from each point to the one above. */
  readonly up: Float32Array;
}

/** Regions below this share of the window are specks, and not counted. */
export const COUNTED = 0.002;

/** The region of each point, [ny, nx]: numbered from 0 by size, the largest first, of equal ones the first met. */
export function linked(steps: Steps, threshold: number): Int32Array {
  const { nx, ny } = steps;
  const root = Int32Array.from({ length: nx * ny }, (_, n) => n);
  for (const [one, other, step] of edges(steps)) if (step <= threshold) join(root, one, other);
  const sizes = new Int32Array(root.length);
  for (let n = 0; n < root.length; n++) {
    const own = find(root, n);
    sizes[own] = (sizes[own] as number) + 1;
  }
  const order = [...sizes.keys()].filter((n) => (sizes[n] as number) > 0);
  order.sort((p, q) => (sizes[q] as number) - (sizes[p] as number) || p - q);
  const rank = new Int32Array(root.length);
  order.forEach((own, place) => {
    rank[own] = place;
  });
  return root.map((_, n) => rank[find(root, n)] as number);
}

/** The regions of a threshold, each named by the commonest name of its points, of several the lowest. */
export function clustered(steps: Steps, threshold: number, names: Int32Array): Regions {
  const found = regions(linked(steps, threshold), steps.nx, steps.ny);
  const commonest = found.list.map(() => new Map<number, number>());
  found.of.forEach((region, n) => {
    const counts = commonest[region] as Map<number, number>;
    const name = names[n] as number;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  const list = found.list.map((region, place) => {
    const [token] = [...(commonest[place] as Map<number, number>)].reduce((best, one) =>
      one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best,
    );
    return { ...region, token };
  });
  return { list, of: found.of };
}

/** How many regions are counted from a threshold on; [threshold, count], thresholds rising, from 0. */
export type Ladder = readonly (readonly [number, number])[];

/**
 * The number of counted regions at every threshold: edges are joined from the smallest step to the largest, and each
 * change of the number is a rung.
 */
export function ladder(steps: Steps): Ladder {
  const cells = steps.nx * steps.ny;
  const least = COUNTED * cells;
  const root = Int32Array.from({ length: cells }, (_, n) => n);
  const sizes = new Int32Array(cells).fill(1);
  const sorted = edges(steps)
    .filter(([, , step]) => step >= 0)
    .sort((p, q) => p[2] - q[2]);
  let count = least <= 1 ? cells : 0;
  const rungs: [number, number][] = [[0, count]];
  for (const [one, other, step] of sorted) {
    const [p, q] = [find(root, one), find(root, other)];
    if (p === q) continue;
    const [large, small] = [sizes[p] as number, sizes[q] as number];
    const counted = Number(large >= least) + Number(small >= least);
    const low = join(root, p, q);
    sizes[low] = large + small;
    count += Number(large + small >= least) - counted;
    const last = rungs[rungs.length - 1] as [number, number];
    if (last[0] === step) last[1] = count;
    else if (last[1] !== count) rungs.push([step, count]);
  }
  return rungs.filter((rung, n) => n === 0 || rung[1] !== rungs[n - 1]?.[1]);
}

/** The number of regions that a ladder tells at a threshold. */
export function countAt(rungs: Ladder, threshold: number): number {
  let count = 0;
  for (const [from, many] of rungs) if (from <= threshold) count = many;
  return count;
}

/** Where the slider begins and ends: the smallest step that is more than rounding, and the largest. */
export function reach(steps: Steps): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const step of [...steps.right, ...steps.up]) {
    if (step > ROUNDING) low = Math.min(low, step);
    if (step > high) high = step;
  }
  return high > ROUNDING ? [low, high] : [ROUNDING, 2 * ROUNDING];
}

const ROUNDING = 1e-4;

/**
 * A threshold to begin with: the middle, by ratio, of the longest stretch over which the number of regions stays the same
 * and is more than one; where there is no such stretch, a tenth of the largest step.
 */
export function suggested(steps: Steps, rungs: Ladder = ladder(steps)): number {
  const [low, high] = reach(steps);
  let best: readonly [number, number] = [high / 10, high / 10];
  rungs.forEach(([from, count], n) => {
    const start = Math.max(low, from);
    const end = Math.min(high, rungs[n + 1]?.[0] ?? high);
    if (count > 1 && end > start && end / start > best[1] / best[0]) best = [start, end];
  });
  return Number(Math.sqrt(best[0] * best[1]).toPrecision(3));
}

type Edge = readonly [one: number, other: number, step: number];

function edges({ nx, ny, right, up }: Steps): Edge[] {
  const all: Edge[] = [];
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const n = j * nx + i;
      if (i < nx - 1) all.push([n, n + 1, right[j * (nx - 1) + i] as number]);
      if (j < ny - 1) all.push([n, n + nx, up[n] as number]);
    }
  }
  return all;
}

function find(root: Int32Array, n: number): number {
  let here = n;
  while (root[here] !== here) {
    root[here] = root[root[here] as number] as number;
    here = root[here] as number;
  }
  return here;
}

/** Joins two points' sets; the lowest point is the root of both, and is returned. */
function join(root: Int32Array, one: number, other: number): number {
  const [p, q] = [find(root, one), find(root, other)];
  root[Math.max(p, q)] = Math.min(p, q);
  return Math.min(p, q);
}
