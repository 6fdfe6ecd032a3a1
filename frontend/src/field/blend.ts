/**
 * Crossfade of two painted frames: what is between two checkpoints is interpolation, and the page says so.
 */

export interface Painted {
  /** RGBA [height, width]. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** (1 − mix) of `from` and mix of `to`, as fine as the finer one; grids nest, so the coarser is read at its nearest point. */
export function crossfade(from: Painted, to: Painted, mix: number): Painted {
  if (mix <= 0) return from;
  if (mix >= 1) return to;
  const finer = to.width >= from.width ? to : from;
  const { width, height } = finer;
  const one = resampled(from, width, height);
  const two = resampled(to, width, height);
  const pixels = new Uint8ClampedArray(4 * width * height);
  const share = Math.round(mix * 256);
  for (let n = 0; n < pixels.length; n++) {
    const start = one[n] as number;
    pixels[n] = start + ((((two[n] as number) - start) * share) >> 8);
  }
  return { pixels, width, height };
}

/** The pixels at another size, each taken from the nearest point of the grid; corners stay corners. */
export function resampled(painted: Painted, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  if (painted.width === width && painted.height === height) return painted.pixels;
  const source = new Uint32Array(
    painted.pixels.buffer,
    painted.pixels.byteOffset,
    painted.width * painted.height,
  );
  const target = new Uint32Array(width * height);
  const columns = Uint32Array.from({ length: width }, (_, i) => nearestIndex(i, width, painted.width));
  for (let j = 0; j < height; j++) {
    const row = nearestIndex(j, height, painted.height) * painted.width;
    for (let i = 0; i < width; i++) target[j * width + i] = source[row + (columns[i] as number)] as number;
  }
  return new Uint8ClampedArray(target.buffer);
}

function nearestIndex(index: number, from: number, to: number): number {
  return from > 1 ? Math.round((index * (to - 1)) / (from - 1)) : 0;
}
