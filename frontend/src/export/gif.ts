/**
 * Training as a GIF: each frame in its own 256 colours, dithered by a fixed pattern; loops with a pause at the end.
 * The encoder is loaded when it is first needed.
 */

import { dithered } from "./dither";

export interface GifFrame {
  /** RGBA [height, width]; all frames have one size. Captions are already drawn: see `caption`. */
  readonly pixels: Uint8ClampedArray;
}

export interface GifOptions {
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly fps: number;
  /** How long the last frame stays, seconds. */
  readonly pause?: number;
  /** Called after each frame with how many are done. */
  readonly progress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

const COLOURS = 256;

/** The bytes of the GIF; yields to the page between frames. */
export async function gif(
  frames: readonly GifFrame[],
  options: GifOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  if (frames.length === 0) throw new Error("A GIF needs at least one frame.");
  const { GIFEncoder, quantize } = await import("gifenc");
  const encoder = GIFEncoder();
  const delay = Math.round(1000 / options.fps);
  for (const [index, frame] of frames.entries()) {
    options.signal?.throwIfAborted();
    const last = index === frames.length - 1;
    const palette = quantize(frame.pixels, COLOURS);
    encoder.writeFrame(dithered(frame.pixels, options.width, palette), options.width, options.height, {
      palette,
      repeat: 0,
      delay: last ? delay + Math.round(1000 * (options.pause ?? 1.5)) : delay,
    });
    options.progress?.(index + 1);
    await new Promise((resume) => setTimeout(resume, 0));
  }
  encoder.finish();
  return encoder.bytes();
}
