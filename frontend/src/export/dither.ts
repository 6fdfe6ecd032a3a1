/**
 * Few colours that look like many: a pixel between two colours of the palette takes either, by an ordered pattern.
 *
 * The pattern is fixed to the page, so what does not move does not flicker from frame to frame; and a colour that the
 * palette has is left alone, so even regions stay even.
 */

type Rgb = readonly number[];

/** Ranks of a 4 × 4 Bayer matrix. */
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** Pixels RGBA [height, width] as indices into a palette of at most 256 colours. */
export function dithered(pixels: Uint8ClampedArray, width: number, palette: readonly Rgb[]): Uint8Array {
  const count = pixels.length / 4;
  const indices = new Uint8Array(count);
  const pairs = new Int32Array(1 << 18).fill(-1);
  for (let n = 0, at = 0; n < count; n++, at += 4) {
    const [r, g, b] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
    const shade = ((r >> 2) << 12) | ((g >> 2) << 6) | (b >> 2);
    let pair = pairs[shade] as number;
    if (pair === -1) {
      pair = mixture(palette, r, g, b);
      pairs[shade] = pair;
    }
    const rank = BAYER[(Math.floor(n / width) & 3) * 4 + ((n % width) & 3)] as number;
    indices[n] = rank < pair >> 16 ? (pair >> 8) & 255 : pair & 255;
  }
  return indices;
}

/** The nearest colour, the one on the other side, and how many of 16 pixels take that one: 8 bits each, from the low end. */
function mixture(palette: readonly Rgb[], r: number, g: number, b: number): number {
  const near = nearest(palette, r, g, b);
  const [nr = 0, ng = 0, nb = 0] = palette[near] ?? [];
  const far = nearest(palette, 2 * r - nr, 2 * g - ng, 2 * b - nb, near);
  const [fr = 0, fg = 0, fb = 0] = palette[far] ?? [];
  const [dr, dg, db] = [fr - nr, fg - ng, fb - nb];
  const length = dr * dr + dg * dg + db * db;
  const along = length > 0 ? (dr * (r - nr) + dg * (g - ng) + db * (b - nb)) / length : 0;
  return (Math.round(16 * Math.max(0, Math.min(0.5, along))) << 16) | (far << 8) | near;
}

/** Index of the palette's colour nearest to another, one of them left out; greens weigh most, as in the eye. */
function nearest(palette: readonly Rgb[], r: number, g: number, b: number, but = -1): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let n = 0; n < palette.length; n++) {
    const [pr = 0, pg = 0, pb = 0] = palette[n] as Rgb;
    const off = 2 * (pr - r) ** 2 + 4 * (pg - g) ** 2 + 3 * (pb - b) ** 2;
    if (n !== but && off < least) [best, least] = [n, off];
  }
  return best;
}
