/** Drawing tens of thousands of points into an image, and finding the one under the pointer. */
import type { Window } from "./simplex";

export interface Cloud {
  /** [rows, 2] in the view's plane. */
  readonly at: Float32Array;
  /** [rows, 3] bytes. */
  readonly colour: Uint8ClampedArray;
  /** First row of the longest histories: those before it are drawn larger, for they are few and stand for many. */
  readonly large: number;
}

/** How much of a point's own colour covers what is under it. */
const COVER = 0.75;

/** Points that lie apart are told by cells of this share of the window. */
const CELLS = 96;

/** A point's side in CSS pixels: large where the points lie in few places, though they be many, and small in a cloud. */
export function dotOf(cloud: Cloud, window: Window): number {
  const rows = cloud.at.length / 2;
  const seen = new Set<number>();
  for (let row = 0; row < rows && seen.size <= FEW; row++) {
    const x = Math.floor((((cloud.at[2 * row] as number) - window.x0) / window.side) * CELLS);
    const y = Math.floor((((cloud.at[2 * row + 1] as number) - window.y0) / window.side) * CELLS);
    seen.add(y * CELLS + x);
  }
  if (seen.size <= FEW) return 7;
  return rows > 20_000 ? 0.75 : rows > 2000 ? 1.5 : 3;
}

/** As many places as are few. */
const FEW = 64;

/** Paints the points over the image's ground; `size` is a point's side in pixels. y grows upward in the plane. */
export function paint(
  image: ImageData,
  cloud: Cloud,
  window: Window,
  ground: readonly [number, number, number],
  size: number,
): void {
  const { width, height, data } = image;
  const words = new Uint32Array(data.buffer);
  words.fill((255 << 24) | (ground[2] << 16) | (ground[1] << 8) | ground[0]);
  const scale = width / window.side;
  const rows = cloud.at.length / 2;
  // The longest first, so that the few short ones, which are larger, lie on top.
  stamp(cloud.large, rows, size);
  stamp(0, cloud.large, size + 1);

  function stamp(from: number, to: number, side: number): void {
    const half = side / 2;
    for (let row = from; row < to; row++) {
      const px = Math.round(((cloud.at[2 * row] as number) - window.x0) * scale - half);
      const py = Math.round(height - ((cloud.at[2 * row + 1] as number) - window.y0) * scale - half);
      if (!(px > -side && py > -side && px < width && py < height)) continue;
      const [r, g, b] = [cloud.colour[3 * row], cloud.colour[3 * row + 1], cloud.colour[3 * row + 2]] as [
        number,
        number,
        number,
      ];
      for (let y = Math.max(0, py); y < Math.min(height, py + side); y++) {
        for (let x = Math.max(0, px); x < Math.min(width, px + side); x++) {
          const n = 4 * (y * width + x);
          data[n] = (data[n] as number) + (r - (data[n] as number)) * COVER;
          data[n + 1] = (data[n + 1] as number) + (g - (data[n + 1] as number)) * COVER;
          data[n + 2] = (data[n + 2] as number) + (b - (data[n + 2] as number)) * COVER;
        }
      }
    }
  }
}

/** The row whose point is nearest to a place, no farther than `within`; −1 where there is none. Shorter histories win ties. */
export function nearest(at: Float32Array, x: number, y: number, within: number): number {
  let [best, least] = [-1, within * within];
  for (let row = 0; row < at.length / 2; row++) {
    const dx = (at[2 * row] as number) - x;
    const dy = (at[2 * row + 1] as number) - y;
    const far = dx * dx + dy * dy;
    if (far < least) [best, least] = [row, far];
  }
  return best;
}
