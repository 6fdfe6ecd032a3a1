/**
 * Training as a GIF: frames in one palette (so that still regions do not flicker), looping with a pause at the end.
 * The encoder is loaded when it is first needed.
 */

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
const SAMPLES = 60_000;

/** The bytes of the GIF; yields to the page between frames. */
export async function gif(
  frames: readonly GifFrame[],
  options: GifOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  if (frames.length === 0) throw new Error("A GIF needs at least one frame.");
  const { GIFEncoder, applyPalette, quantize } = await import("gifenc");
  const palette = quantize(sampled(frames), COLOURS);
  const encoder = GIFEncoder();
  const delay = Math.round(1000 / options.fps);
  for (const [index, frame] of frames.entries()) {
    options.signal?.throwIfAborted();
    const last = index === frames.length - 1;
    encoder.writeFrame(applyPalette(frame.pixels, palette), options.width, options.height, {
      ...(index === 0 ? { palette, repeat: 0 } : {}),
      delay: last ? delay + Math.round(1000 * (options.pause ?? 1.5)) : delay,
    });
    options.progress?.(index + 1);
    await new Promise((resume) => setTimeout(resume, 0));
  }
  encoder.finish();
  return encoder.bytes();
}

/** Pixels evenly taken from all frames, for the palette they share. */
function sampled(frames: readonly GifFrame[]): Uint8ClampedArray {
  const all = frames.map(
    ({ pixels }) => new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4),
  );
  const total = all.reduce((sum, pixels) => sum + pixels.length, 0);
  const stride = Math.max(1, Math.floor(total / SAMPLES)) | 1;
  const picked: number[] = [];
  for (const pixels of all) for (let n = 0; n < pixels.length; n += stride) picked.push(pixels[n] as number);
  return new Uint8ClampedArray(Uint32Array.from(picked).buffer);
}
