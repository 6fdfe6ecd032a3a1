/**
 * Borders: the lines between cells whose names differ, as smooth polylines.
 *
 * Cells are points of the grid, so a border crosses the edge between two unlike neighbours at its midpoint. Within each
 * square of four cells the crossings are joined: two directly, three or four through the square's centre, where
 * countries meet. Chains of crossings are then pulled taut, so that they do not look like stairs; no point moves more
 * than half a cell along either axis, so that every cell stays on its own side.
 */

import { type Crossings, crossings } from "./crossings";

export interface Border {
  /** x, y, x, y … in grid coordinates: (0, 0) is the first cell's centre, x counts columns and y rows. */
  readonly points: Float32Array;
  /** Whether the last point joins the first. */
  readonly closed: boolean;
}

const PASSES = 24;
const REACH = 0.5;

/** The borders of a grid of ids [ny, nx]; each crossing lies on exactly one of them. */
export function borders(ids: Int32Array, nx: number, ny: number): Border[] {
  const graph = crossings(ids, nx, ny);
  const seen = new Uint8Array(graph.count);
  const found: Border[] = [];
  const add = (chain: number[], closed: boolean) =>
    found.push({ points: taut(chain, closed, graph), closed });
  for (const [junction, branches] of graph.junctions) {
    for (const branch of branches) {
      if (seen[branch] === 0) add(follow(graph, seen, junction, branch), false);
    }
  }
  for (const end of graph.ends) {
    if (seen[end] === 0) add(follow(graph, seen, -1, end).slice(1), false);
  }
  for (const start of graph.present) {
    if (seen[start] === 0) add(follow(graph, seen, graph.links[2 * start] as number, start).slice(1), true);
  }
  return found;
}

/** The nodes from `from` through the crossing `next`, up to a junction, the window's edge, or where a loop closes. */
function follow(graph: Crossings, seen: Uint8Array, from: number, next: number): number[] {
  const chain = [from];
  let [behind, here] = [from, next];
  while (here >= 0 && here < graph.count && seen[here] === 0) {
    seen[here] = 1;
    chain.push(here);
    const one = graph.links[2 * here] as number;
    const ahead = one === behind ? (graph.links[2 * here + 1] as number) : one;
    [behind, here] = [here, ahead];
  }
  if (here >= graph.count) chain.push(here);
  return chain;
}

/** A chain's points, each drawn towards the middle of its neighbours again and again; ends stay. */
function taut(chain: readonly number[], closed: boolean, graph: Crossings): Float32Array {
  const count = chain.length;
  const points = new Float32Array(2 * count);
  chain.forEach((node, index) => {
    const { x, y } = graph.place(node);
    points[2 * index] = x;
    points[2 * index + 1] = y;
  });
  const home = points.slice();
  const passes = Math.min(PASSES, closed ? count >> 2 : count);
  const [low, high] = closed ? [0, count] : [1, count - 1];
  for (let pass = 0; pass < passes; pass++) {
    for (let n = low; n < high; n++) {
      const before = 2 * (n === 0 ? count - 1 : n - 1);
      const after = 2 * (n === count - 1 ? 0 : n + 1);
      for (const axis of [0, 1]) {
        const at = 2 * n + axis;
        const origin = home[at] as number;
        const middle =
          ((points[before + axis] as number) +
            2 * (points[at] as number) +
            (points[after + axis] as number)) /
          4;
        points[at] = Math.max(origin - REACH, Math.min(origin + REACH, middle));
      }
    }
  }
  return points;
}
