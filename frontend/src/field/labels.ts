/**
 * Names on the map, like those of countries: larger where the region is larger, inside their own region, clear of the
 * anchors and of one another. A region that has no room for its name has none.
 */

import type { Region, Regions } from "./regions";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Label {
  readonly region: Region;
  readonly text: string;
  /** The region's share of the window, under the name, where there is room; else empty. */
  readonly share: string;
  /** Font size of the name in pixels; the share has `SHARE_SIZE` of it, at least `SMALLEST_SHARE`. */
  readonly size: number;
  /** Centre of name and share together. */
  readonly x: number;
  readonly y: number;
  readonly box: Box;
}

export interface LabelOptions {
  readonly nx: number;
  readonly ny: number;
  /** Where the grid lies on the page, pixels: its first and last points are on the edges. */
  readonly place: Box;
  /** The part of the page that labels stay in. */
  readonly clip: Box;
  readonly textOf: (token: number) => string;
  /** Width in pixels of a text at a font size. */
  readonly measure: (text: string, size: number) => number;
  /** Discs that stay free: the anchors. */
  readonly discs: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
  /** Smallest and largest font size, pixels. */
  readonly sizes: readonly [number, number];
}

export const SHARE_SIZE = 0.45;
export const SMALLEST_SHARE = 11;
const SHARE_FROM = 0.03;
const SHRINK = 0.86;
const MARGIN = 4;
const CANDIDATES = 48;

/** Labels for the regions, largest region first. */
export function placeLabels(regions: Regions, options: LabelOptions): Label[] {
  const labels: Label[] = [];
  const [smallest, largest] = options.sizes;
  regions.list.forEach((region, index) => {
    const area = Math.sqrt(region.fraction) * Math.min(options.place.width, options.place.height);
    if (area < smallest) return;
    const outside = outsideCounts(regions.of, index, options);
    const text = options.textOf(region.token);
    const percent = region.fraction >= SHARE_FROM ? `${Math.round(100 * region.fraction)} %` : "";
    const wanted = Math.max(smallest, Math.min(largest, 0.085 * area));
    for (
      let size = wanted;
      size >= smallest;
      size = size > smallest ? Math.max(smallest, size * SHRINK) : 0
    ) {
      const found =
        (percent && roomFor(region, text, percent, size, outside, labels, options)) ||
        roomFor(region, text, "", size, outside, labels, options);
      if (found) {
        labels.push(found);
        return;
      }
    }
  });
  return labels;
}

/** Height of a label of one or two lines, pixels. */
export function labelHeight(size: number, share: string): number {
  return size * 1.1 + (share ? shareSize(size) * 1.5 : 0);
}

/** Font size of the share under a name. */
export function shareSize(size: number): number {
  return Math.max(SMALLEST_SHARE, size * SHARE_SIZE);
}

/** The place, if any, where the label fits: of all such places the one nearest to their common centre. */
function roomFor(
  region: Region,
  text: string,
  share: string,
  size: number,
  outside: Int32Array,
  placed: readonly Label[],
  options: LabelOptions,
): Label | null {
  const { nx, ny, place } = options;
  const width =
    Math.max(options.measure(text, size), share ? options.measure(share, shareSize(size)) : 0) + 2 * MARGIN;
  const height = labelHeight(size, share) + MARGIN;
  const [dx, dy] = [place.width / (nx - 1), place.height / (ny - 1)];
  const stride = Math.max(1, Math.floor(Math.max(nx, ny) / CANDIDATES));
  const centres: number[] = [];
  let [sumX, sumY] = [0, 0];
  for (let j = 0; j < ny; j += stride) {
    for (let i = 0; i < nx; i += stride) {
      const x = place.left + i * dx;
      const y = place.top + (ny - 1 - j) * dy;
      const box = { left: x - width / 2, top: y - height / 2, width, height };
      if (!inside(box, options.clip) || placed.some((label) => overlap(box, label.box))) continue;
      if (options.discs.some((disc) => touches(box, disc))) continue;
      const [wide, high] = [width / 2 / dx, height / 2 / dy];
      if (count(outside, nx, ny, i - wide, i + wide, j - high, j + high) > 0) continue;
      centres.push(x, y);
      sumX += x;
      sumY += y;
    }
  }
  if (centres.length === 0) return null;
  const [meanX, meanY] = [(2 * sumX) / centres.length, (2 * sumY) / centres.length];
  let best = 0;
  const off = (n: number) => ((centres[n] ?? 0) - meanX) ** 2 + ((centres[n + 1] ?? 0) - meanY) ** 2;
  for (let n = 2; n < centres.length; n += 2) if (off(n) < off(best)) best = n;
  const [x, y] = [centres[best] ?? 0, centres[best + 1] ?? 0];
  return {
    region,
    text,
    share,
    size,
    x,
    y,
    box: { left: x - width / 2, top: y - height / 2, width, height },
  };
}

/** Summed-area table [ny + 1, nx + 1] of the cells that are not the region's. */
function outsideCounts(of: Int32Array, region: number, { nx, ny }: LabelOptions): Int32Array {
  const sums = new Int32Array((nx + 1) * (ny + 1));
  for (let j = 0; j < ny; j++) {
    let row = 0;
    for (let i = 0; i < nx; i++) {
      row += of[j * nx + i] === region ? 0 : 1;
      sums[(j + 1) * (nx + 1) + i + 1] = (sums[j * (nx + 1) + i + 1] as number) + row;
    }
  }
  return sums;
}

/** How many cells that are not the region's a rectangle in grid coordinates touches. */
function count(
  sums: Int32Array,
  nx: number,
  ny: number,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
): number {
  const low = (value: number, n: number) => Math.max(0, Math.min(n - 1, Math.round(value)));
  const [i0, i1, j0, j1] = [low(x0, nx), low(x1, nx) + 1, low(y0, ny), low(y1, ny) + 1];
  const sum = (i: number, j: number) => sums[j * (nx + 1) + i] as number;
  return sum(i1, j1) - sum(i0, j1) - sum(i1, j0) + sum(i0, j0);
}

function inside(box: Box, clip: Box): boolean {
  return (
    box.left >= clip.left &&
    box.top >= clip.top &&
    box.left + box.width <= clip.left + clip.width &&
    box.top + box.height <= clip.top + clip.height
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

function touches(box: Box, disc: { x: number; y: number; radius: number }): boolean {
  const x = Math.max(box.left, Math.min(disc.x, box.left + box.width));
  const y = Math.max(box.top, Math.min(disc.y, box.top + box.height));
  return (x - disc.x) ** 2 + (y - disc.y) ** 2 < disc.radius ** 2;
}
