/** A square canvas, as fine as the screen, that is drawn again when what its drawing reads has changed. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** No screen needs more pixels than this for each of CSS's. */
const FINEST = 3;

interface Props {
  /** CSS pixels. */
  readonly side: number;
  /** Draws in CSS pixels; signals that it reads make it draw again. */
  readonly draw: (context: CanvasRenderingContext2D) => void;
  /** What else it reads. */
  readonly reads: readonly unknown[];
}

export function Canvas({ side, draw, reads }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ side, draw });
  latest.current = { side, draw };
  const paint = (): void => {
    const now = latest.current;
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context || now.side <= 0) return;
    const ratio = Math.min(FINEST, devicePixelRatio || 1);
    const pixels = Math.round(now.side * ratio);
    if (canvas.current.width !== pixels) {
      canvas.current.width = pixels;
      canvas.current.height = pixels;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    now.draw(context);
  };
  useSignalEffect(paint);
  useEffect(paint, [side, ...reads]);
  return <canvas ref={canvas} style={{ width: `${side}px`, height: `${side}px` }} />;
}
