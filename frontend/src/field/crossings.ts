/**
 * Where borders cross the edges between neighbouring cells, and how these crossings hang together.
 *
 * A node is a number. Crossings come first: edges along a row, then edges along a column, each at its midpoint. Then
 * junctions: centres of squares of four cells that three or four crossings meet in.
 */

export interface Crossings {
  /** How many edges the grid has; a node from there on is a junction. */
  readonly count: number;
  /** All crossings. */
  readonly present: readonly number[];
  /** Two neighbours of each crossing, −1 where there is none. */
  readonly links: Int32Array;
  /** Crossings with one neighbour: where a border leaves the window. */
  readonly ends: readonly number[];
  /** Each junction's crossings. */
  readonly junctions: ReadonlyMap<number, readonly number[]>;
  /** A node's place in grid coordinates. */
  place(node: number): { x: number; y: number };
}

/** The crossings of a grid of ids [ny, nx]. */
export function crossings(ids: Int32Array, nx: number, ny: number): Crossings {
  const rows = (nx - 1) * ny;
  const count = rows + nx * (ny - 1);
  const links = new Int32Array(2 * count).fill(-1);
  const junctions = new Map<number, number[]>();
  const link = (crossing: number, other: number) => {
    links[2 * crossing + (links[2 * crossing] === -1 ? 0 : 1)] = other;
  };
  const join = (here: readonly number[], square: number) => {
    const [one, two] = here;
    if (here.length === 2 && one !== undefined && two !== undefined) {
      link(one, two);
      link(two, one);
    } else {
      junctions.set(count + square, [...here]);
      for (const crossing of here) link(crossing, count + square);
    }
  };
  for (let j = 0; j < ny - 1; j++) {
    for (let i = 0; i < nx - 1; i++) {
      const n = j * nx + i;
      const [a, b, c, d] = [ids[n], ids[n + 1], ids[n + nx], ids[n + nx + 1]];
      if (a === b && a === c && a === d) continue;
      const square = j * (nx - 1) + i;
      const here: number[] = [];
      if (a !== b) here.push(square);
      if (b !== d) here.push(rows + n + 1);
      if (c !== d) here.push(square + nx - 1);
      if (a !== c) here.push(rows + n);
      join(here, square);
    }
  }
  const present: number[] = [];
  const ends: number[] = [];
  for (let edge = 0; edge < count; edge++) {
    if (links[2 * edge] === -1) continue;
    present.push(edge);
    if (links[2 * edge + 1] === -1) ends.push(edge);
  }
  const place = (node: number) => {
    if (node >= rows && node < count) {
      const edge = node - rows;
      return { x: edge % nx, y: Math.floor(edge / nx) + 0.5 };
    }
    const square = node < rows ? node : node - count;
    return { x: (square % (nx - 1)) + 0.5, y: Math.floor(square / (nx - 1)) + (node < rows ? 0 : 0.5) };
  };
  return { count, present, links, ends, junctions, place };
}
