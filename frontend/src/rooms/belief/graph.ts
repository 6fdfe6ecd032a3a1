/** Where the different beliefs are finitely many: each once, and which token leads from one to another with what chance. */
import type { Presentation } from "../../field/presentation";

/** More beliefs than this are no graph that one reads. */
const MOST = 64;

export interface BeliefGraph {
  /** The row of the shortest history that leads to each. */
  readonly rows: readonly number[];
  readonly edges: readonly { from: number; to: number; token: number; chance: number }[];
}

/** The graph of a presentation; null where the longest histories still bring beliefs that shorter ones had not. */
export function graphOf(rows: Presentation): BeliefGraph | null {
  const { belief, states, tokens } = rows;
  const named = new Map<string, number>();
  const first: number[] = [];
  const node = new Int32Array(rows.rows);
  for (let row = 0; row < rows.rows; row++) {
    const own = belief.subarray(row * states, (row + 1) * states);
    const name = Array.from(own, (share) => (share + 1e-12).toFixed(9)).join();
    let at = named.get(name);
    if (at === undefined) {
      if (rows.size[row] === rows.length || first.length >= MOST) return null;
      at = first.length;
      named.set(name, at);
      first.push(row);
    }
    node[row] = at;
  }
  const edges = new Map<string, BeliefGraph["edges"][number]>();
  for (let row = 0; row < rows.rows; row++) {
    const parent = rows.parent[row] as number;
    if (parent < 0) continue;
    const token = rows.word[row * rows.length + (rows.size[row] as number) - 1] as number;
    const [from, to] = [node[parent] as number, node[row] as number];
    edges.set(`${from} ${token}`, { from, to, token, chance: rows.next[parent * tokens + token] as number });
  }
  return { rows: first, edges: [...edges.values()] };
}
