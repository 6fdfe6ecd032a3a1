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
  /** Font size of the name in pixels; the share has `shareSize` of it. */
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
  /** Rectangles that stay free: the path between them. */
  readonly boxes: readonly Box[];
  /** Smallest and largest font size, pixels. */
  readonly sizes: readonly [number, number];
}

const SHARE_SIZE = 0.45;
const SMALLEST_SHARE = 12;
const SHARE_FROM = 0.03;
const SHRINK = 0.86;
const MARGIN = 4;
const CANDIDATES = 48;
/** A label may lie over this share of other regions' cells: single odd cells do not drive a name away. */
const SPECKS = 0.03;

/** Labels for the regions, largest region first. */
export function placeLabels(regions: Regions, options: LabelOptions): Label[] {
  const labels: Label[] = [];
  const [smallest, largest] = options.sizes;
  regions.list.forEach((region, index) => {
    const area = Math.sqrt(region.fraction) * Math.min(options.place.width, options.place.height);
    if (area < smallest) return;
    const land = landOf(regions.of, index, options);
    const text = options.textOf(region.token);
    const percent = region.fraction >= SHARE_FROM ? `${Math.round(100 * region.fraction)} %` : "";
    const wanted = Math.max(smallest, Math.min(largest, 0.085 * area));
    for (
      let size = wanted;
      size >= smallest;
      size = size > smallest ? Math.max(smallest, size * SHRINK) : 0
    ) {
      const found =
        (percent && roomFor(region, text, percent, size, land, labels, options)) ||
        roomFor(region, text, "", size, land, labels, options);
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
  return Math.min(0.88 * size, Math.max(SMALLEST_SHARE, size * SHARE_SIZE));
}

/** The place, if any, where the label fits: of all such places the one nearest to their common centre. */
function roomFor(
  region: Region,
  text: string,
  share: string,
  size: number,
  land: Land,
  placed: readonly Label[],
  options: LabelOptions,
): Label | null {
  const { nx, ny, place } = options;
  const width =
    Math.max(options.measure(text, size), share ? options.measure(share, shareSize(size)) : 0) + 2 * MARGIN;
  const height = labelHeight(size, share) + MARGIN;
  const [dx, dy] = [place.width / (nx - 1), place.height / (ny - 1)];
  const [wide, high] = [width / 2 / dx, height / 2 / dy];
  const free = (box: Box) =>
    inside(box, options.clip) &&
    !placed.some((label) => overlap(box, label.box)) &&
    !options.boxes.some((other) => overlap(box, other)) &&
    !options.discs.some((disc) => touches(box, disc));
  const boxAt = (n: number): Box => ({
    left: place.left + (n % nx) * dx - width / 2,
    top: place.top + (ny - 1 - Math.floor(n / nx)) * dy - height / 2,
    width,
    height,
  });
  const fits = land.candidates.filter((n) => covered(land.outside, nx, ny, n, wide, high) && free(boxAt(n)));
  if (fits.length === 0) return null;
  const meanI = fits.reduce((sum, n) => sum + (n % nx), 0) / fits.length;
  const meanJ = fits.reduce((sum, n) => sum + Math.floor(n / nx), 0) / fits.length;
  const off = (n: number) => (((n % nx) - meanI) * dx) ** 2 + ((Math.floor(n / nx) - meanJ) * dy) ** 2;
  const box = boxAt(fits.reduce((best, n) => (off(n) < off(best) ? n : best)));
  return { region, text, share, size, x: box.left + width / 2, y: box.top + height / 2, box };
}

/** A region on the grid: cells to try as a label's centre, and a summed-area table of what is not the region's. */
interface Land {
  readonly candidates: readonly number[];
  /** [ny + 1, nx + 1] */
  readonly outside: Int32Array;
}

function landOf(of: Int32Array, region: number, { nx, ny }: LabelOptions): Land {
  const stride = Math.max(1, Math.floor(Math.max(nx, ny) / CANDIDATES));
  const candidates: number[] = [];
  const outside = new Int32Array((nx + 1) * (ny + 1));
  for (let j = 0; j < ny; j++) {
    let row = 0;
    for (let i = 0; i < nx; i++) {
      const here = of[j * nx + i] === region;
      if (!here) row++;
      else if (i % stride === 0 && j % stride === 0) candidates.push(j * nx + i);
      outside[(j + 1) * (nx + 1) + i + 1] = (outside[j * (nx + 1) + i + 1] as number) + row;
    }
  }
  return { candidates, outside };
}

/** Whether a box of half sizes `wide`, `high` (cells) around cell `n` lies in the region, but for a speck here and there. */
function covered(
  outside: Int32Array,
  nx: number,
  ny: number,
  n: number,
  wide: number,
  high: number,
): boolean {
  const [i, j] = [n % nx, (n - (n % nx)) / nx];
  const i0 = Math.max(0, Math.round(i - wide));
  const i1 = Math.min(nx - 1, Math.round(i + wide)) + 1;
  const j0 = Math.max(0, Math.round(j - high)) * (nx + 1);
  const j1 = (Math.min(ny - 1, Math.round(j + high)) + 1) * (nx + 1);
  const foreign =
    (outside[j1 + i1] as number) -
    (outside[j0 + i1] as number) -
    (outside[j1 + i0] as number) +
    (outside[j0 + i0] as number);
  return foreign <= SPECKS * (i1 - i0) * ((j1 - j0) / (nx + 1));
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
