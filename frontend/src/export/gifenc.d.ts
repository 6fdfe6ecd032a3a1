/** The part of gifenc 1.0.3 that is used; the package has no types of its own. */
declare module "gifenc" {
  export type PaletteColours = number[][];

  export interface Encoder {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { palette?: PaletteColours; delay?: number; repeat?: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }

  export function GIFEncoder(): Encoder;
  export function quantize(
    rgba: Uint8Array | Uint8ClampedArray,
    colours: number,
    options?: { format?: "rgb565" | "rgb444" | "rgba4444" },
  ): PaletteColours;
}
