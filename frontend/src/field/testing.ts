/** Random grids of ids for tests, the same at every run. */

/** A generator of numbers in 0…1 (Park and Miller's). */
export function random(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at * 16807) % 2147483647;
    return at / 2147483647;
  };
}

/** Named grids [name, ids, nx, ny]: from one colour to noise, wide and tall. */
export function grids(): [string, Int32Array, number, number][] {
  const shapes = [
    [2, 2, 2],
    [9, 9, 1],
    [9, 9, 2],
    [12, 7, 3],
    [7, 15, 5],
    [17, 17, 2],
    [17, 17, 40],
  ] as const;
  return shapes.map(([nx, ny, kinds], seed) => {
    const next = random(seed + 3);
    const ids = Int32Array.from({ length: nx * ny }, () => Math.floor(next() * kinds));
    return [`${nx} × ${ny} cells in ${kinds} names`, ids, nx, ny];
  });
}
