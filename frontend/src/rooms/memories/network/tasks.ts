/** What is done to an image before it is iterated (`maths/attractor/tasks.py`). */

import { normal, uniform } from "./chance";
import { PIXELS, SITES } from "./tokens";

/** Which tokens of one image stay visible: all but int(share · 16) drawn at random. */
export function masked(share: number, seed: number, stream = 1): boolean[] {
  const drawn = uniform(seed, stream, SITES);
  const places = Array.from(drawn.keys()).sort(
    (a, b) => (drawn[a] as number) - (drawn[b] as number) || a - b,
  );
  const visible = new Array<boolean>(SITES).fill(true);
  for (const place of places.slice(0, Math.trunc(share * SITES))) visible[place] = false;
  return visible;
}

/** Gaussian noise of that variance on every pixel, clipped to [0, 1]. */
export function noisy(image: ArrayLike<number>, variance: number, seed: number, stream = 2): Float64Array {
  const drawn = normal(seed, stream, PIXELS);
  return drawn.map((number, n) =>
    Math.min(1, Math.max(0, (image[n] as number) + Math.sqrt(variance) * number)),
  );
}
