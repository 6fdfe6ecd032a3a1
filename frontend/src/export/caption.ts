/** A caption burnt into a picture: the step, and what was computed, on a strip below the field. */

import type { Context } from "../field/pixels";

export interface Caption {
  /** Said first and boldly, e.g. “step 1,536”. */
  readonly title: string;
  /** Said after it, e.g. “facts-12l · after block 2 · Hellinger”. */
  readonly note: string;
}

/** Height of the strip under a field `width` wide, in the context's units. */
export function captionHeight(width: number): number {
  return Math.round(Math.max(28, width * 0.07));
}

/** Draws the caption on a dark strip whose top is at `top`. */
export function drawCaption(ctx: Context, caption: Caption, top: number, width: number): void {
  const height = captionHeight(width);
  const size = height * 0.46;
  const middle = top + height / 2;
  ctx.save();
  ctx.fillStyle = "#15161a";
  ctx.fillRect(0, top, width, height);
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.fillStyle = "#fff";
  ctx.font = `650 ${size}px system-ui, sans-serif`;
  ctx.fillText(caption.title, size * 0.8, middle);
  const left = size * 1.6 + ctx.measureText(caption.title).width;
  ctx.fillStyle = "#b9bcc6";
  ctx.font = `400 ${size * 0.8}px system-ui, sans-serif`;
  ctx.textAlign = "right";
  ctx.fillText(caption.note, width - size * 0.8, middle, Math.max(1, width - size * 0.8 - left));
  ctx.restore();
}
