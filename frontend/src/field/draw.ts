/**
 * The field as it is seen: pixels, borders where the name changes, names with their share, and the anchors' letters.
 *
 * All lengths are in the context's units; the caller scales it by the device's pixel ratio. What is costly (painting,
 * regions, borders, the places of names) is kept by slice, so that drawing a frame again takes little.
 */

import { anchorColour, type ColourOptions } from "./colour";
import { inkAnchor, inkBorders, inkHollow, inkLabel, inkPath, measure } from "./ink";
import { type Box, type Label, placeLabels } from "./labels";
import { EDGES, pixelsOf } from "./line";
import { nameText } from "./names";
import { drawLayer, type Layer } from "./overlay";
import { blank, type Context, contextOf, drawPixels, leading, type Shown } from "./pixels";
import { type Atlas, atlas, type Land } from "./regionMap";
import { ANCHORS, LETTERS, type Slice } from "./slice";
import { aspect, type Frame, frame, type Size, toPixel, type Window, windowOf } from "./view";

export type Theme = "light" | "dark" | "projector";

export interface DrawOptions {
  readonly colour: ColourOptions;
  /** The canvas' size in the context's units. */
  readonly size: Size;
  /** The window to show; by default the slice's own. Where it reaches beyond the slice, the ground shows. */
  readonly view?: Window | undefined;
  /** Axes as long as in the residual stream; else the paper's square. */
  readonly trueScale?: boolean | undefined;
  readonly theme: Theme;
  /** Each is drawn unless it is false. */
  readonly borders?: boolean | undefined;
  readonly names?: boolean | undefined;
  readonly anchors?: boolean | undefined;
  readonly path?: boolean | undefined;
  /** A layer between the pixels and the lines. */
  readonly over?: Layer | null | undefined;
  /** Whose borders and names are drawn; by default the slice's own. */
  readonly land?: Land | null | undefined;
  /** The ways from B to C and from C to A as well. */
  readonly edges?: boolean | undefined;
  /** (α, β) of what stands on the picture besides the anchors: names leave it free. */
  readonly taken?: readonly (readonly [number, number])[] | undefined;
  /** A slice drawn below: the last picture, while the one for a new window is computed. */
  readonly under?: Slice | null | undefined;
}

const GROUND: Readonly<Record<Theme, string>> = { light: "#e4e5ea", dark: "#202228", projector: "#ffffff" };

/** Draws the field: the ground, and the signs on it; returns the rectangle it lies in, for axes and pointers. */
export function drawField(ctx: Context, shown: Shown, options: DrawOptions): Frame {
  const here = drawGround(ctx, shown, options);
  inked(ctx, leading(shown), options, here);
  return here;
}

/** Draws what lies below: pixels, borders and the ways between the anchors. */
export function drawGround(ctx: Context, shown: Shown, options: DrawOptions): Frame {
  const slice = leading(shown);
  const here = frameOf(slice, options);
  const place = placeOf(slice, here);
  const strength = strengthOf(options);
  const slim = Math.max(0.7, Math.min(1, here.height / 520));
  ctx.save();
  ctx.clearRect(0, 0, options.size.width, options.size.height);
  clip(ctx, here);
  ctx.fillStyle = GROUND[options.theme];
  ctx.fillRect(here.left, here.top, here.width, here.height);
  if (options.under) drawPixels(ctx, options.under, options.colour, placeOf(options.under, here));
  drawPixels(ctx, shown, options.colour, place);
  if (options.over) drawLayer(ctx, options.over, here);
  if (options.borders !== false) {
    const { slice: lain, atlas: map } = landOf(slice, options);
    inkBorders(ctx, map.borders, map, placeOf(lain, here), 1.4 * strength * slim);
  }
  if (options.path !== false) {
    for (const edge of options.edges ? EDGES : EDGES.slice(0, 1)) {
      const ends = pixelsOf(edge, slice.anchors, here);
      inkPath(
        ctx,
        ends.map(({ x, y }) => [x, y] as const),
        1.3 * strength,
      );
    }
  }
  ctx.restore();
  return here;
}

/** Draws what lies on top, on a canvas of its own: names and the anchors' letters. */
export function drawSigns(ctx: Context, slice: Slice, options: DrawOptions): void {
  ctx.clearRect(0, 0, options.size.width, options.size.height);
  inked(ctx, slice, options, frameOf(slice, options));
}

function inked(ctx: Context, slice: Slice, options: DrawOptions, here: Frame): void {
  const strength = strengthOf(options);
  const radius = 10.5 * strength;
  ctx.save();
  clip(ctx, here);
  if (options.names !== false) {
    const land = landOf(slice, options);
    const place = placeOf(land.slice, here);
    for (const label of labelsOf(ctx, land, here, place, radius, strength, options.taken ?? []))
      inkLabel(ctx, label);
  }
  if (options.anchors !== false) {
    ANCHORS.forEach((k) => {
      const at = toPixel(here, ...slice.anchors[k]);
      const ink = k === 2 && slice.norms.off > 0 ? inkHollow : inkAnchor;
      ink(ctx, LETTERS[k], at.x, at.y, radius, anchorColour(k, options.colour.palette));
    });
  }
  ctx.restore();
}

function landOf(slice: Slice, options: DrawOptions): Land {
  return options.land ?? { slice, atlas: atlas(slice) };
}

function frameOf(slice: Slice, options: DrawOptions): Frame {
  return frame(options.view ?? windowOf(slice), options.size, options.trueScale ? aspect(slice) : null);
}

/** Ink is heavier for a weak lamp. */
function strengthOf(options: DrawOptions): number {
  return options.theme === "projector" ? 1.45 : 1;
}

function clip(ctx: Context, here: Frame): void {
  ctx.beginPath();
  ctx.rect(here.left, here.top, here.width, here.height);
  ctx.clip();
}

/** Draws a small picture over the whole canvas: pixels and borders only. */
export function drawThumb(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  slice: Slice,
  colour: ColourOptions,
): void {
  const ctx = contextOf(canvas);
  const place = { left: 0, top: 0, width: canvas.width, height: canvas.height };
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  drawPixels(ctx, slice, colour, place);
  inkBorders(ctx, atlas(slice).borders, slice, place, Math.max(0.5, canvas.width / 140));
}

/** A picture of the field on its own canvas, `pixelRatio` times as fine: for export. */
export function picture(
  shown: Shown,
  options: DrawOptions,
  pixelRatio: number,
): HTMLCanvasElement | OffscreenCanvas {
  const { width, height } = options.size;
  const canvas = blank(Math.round(width * pixelRatio), Math.round(height * pixelRatio));
  const ctx = contextOf(canvas);
  ctx.scale(pixelRatio, pixelRatio);
  drawField(ctx, shown, options);
  return canvas;
}

/** Where a slice's own window lies on the page. */
function placeOf(slice: Slice, here: Frame): Box {
  const { alpha, beta } = windowOf(slice);
  const from = toPixel(here, alpha[0], beta[1]);
  const to = toPixel(here, alpha[1], beta[0]);
  return { left: from.x, top: from.y, width: to.x - from.x, height: to.y - from.y };
}

const placed = new WeakMap<Atlas, { readonly look: string; readonly labels: readonly Label[] }>();

function labelsOf(
  ctx: Context,
  { slice, atlas: map }: Land,
  here: Frame,
  place: Box,
  radius: number,
  strength: number,
  taken: readonly (readonly [number, number])[],
): readonly Label[] {
  const look = [
    here.left,
    here.top,
    here.width,
    here.height,
    place.left,
    place.top,
    place.width,
    strength,
    ...taken,
  ].join();
  const known = placed.get(map);
  if (known?.look === look) return known.labels;
  const anchors = ANCHORS.map((k) => toPixel(here, ...slice.anchors[k]));
  const [a, b] = anchors;
  const labels = placeLabels(map.regions, {
    nx: map.nx,
    ny: map.ny,
    place,
    clip: here,
    textOf: (token) => nameText(slice, token),
    measure: (text, size) => measure(ctx, text, size),
    discs: [...anchors, ...taken.map((at) => toPixel(here, ...at))].map((at) => ({
      ...at,
      radius: radius + 3,
    })),
    boxes: a && b ? [{ left: a.x, top: a.y - 4, width: b.x - a.x, height: 8 }] : [],
    sizes: [11 * strength, 30 * strength],
  });
  placed.set(map, { look, labels });
  return labels;
}
