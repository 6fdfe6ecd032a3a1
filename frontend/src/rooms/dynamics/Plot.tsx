/** A canvas that fills its box, as fine as the screen, drawn again when what its drawing reads has changed. */

import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { theme } from "../../shell/theme";

const FINEST = 2;

interface Props {
  /** Draws in CSS pixels; signals that it reads make it draw again. */
  readonly draw: (context: CanvasRenderingContext2D, width: number, height: number, ratio: number) => void;
  readonly class?: string;
}

export function Plot({ draw, class: name }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  const waiting = useRef(0);
  const paint = (): void => {
    const one = canvas.current;
    const context = one?.getContext("2d");
    const box = one?.parentElement;
    if (!one || !context || !box || box.clientWidth < 20 || box.clientHeight < 20) return;
    const ratio = Math.min(FINEST, devicePixelRatio || 1);
    const [width, height] = [box.clientWidth, box.clientHeight];
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (one.width !== w || one.height !== h) {
      one.width = w;
      one.height = h;
      one.style.width = `${width}px`;
      one.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    latest.current(context, width, height, ratio);
  };
  const themed = useComputed(() => theme.value);
  /** A box without a size draws nothing, and so reads nothing: a new size is a signal, too. */
  const sized = useSignal(0);
  useSignalEffect(() => {
    void themed.value;
    void sized.value;
    paint();
  });
  useEffect(() => {
    const box = canvas.current?.parentElement;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      cancelAnimationFrame(waiting.current);
      waiting.current = requestAnimationFrame(() => sized.value++);
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return (
    <div class={`plot ${name ?? ""}`}>
      <canvas ref={canvas} />
    </div>
  );
}
