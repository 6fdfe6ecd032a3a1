/** A checkpoint's picture, small: drawn again when its slice or the colours change. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { drawThumb } from "../field/draw";
import type { Slice } from "../field/slice";
import { colour } from "../state/shown";

const PIXELS = 144;

export function Thumb({ slice, gap, dim }: { slice: Slice | null; gap: boolean; dim: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(slice);
  latest.current = slice;
  const draw = (): void => {
    const options = colour.value;
    if (canvas.current && latest.current) drawThumb(canvas.current, latest.current, options);
  };
  useEffect(draw, [slice]);
  useSignalEffect(draw);
  return (
    <span class={`thumb${slice ? (dim ? " dim" : "") : " blank"}`}>
      {gap ? (
        <span class="thumb-gap">–</span>
      ) : (
        <canvas ref={canvas} width={PIXELS} height={PIXELS} hidden={!slice} />
      )}
    </span>
  );
}
