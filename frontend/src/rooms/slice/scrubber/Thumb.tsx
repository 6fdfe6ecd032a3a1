/** A checkpoint's picture, small, without lines: drawn again when its slice or the colours change. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { contextOf, drawPixels } from "../../../field/pixels";
import type { Slice } from "../../../field/slice";
import { colour } from "../state/shown";

const PIXELS = 144;

export function Thumb({ slice, gap, dim }: { slice: Slice | null; gap: boolean; dim: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(slice);
  latest.current = slice;
  const draw = (): void => {
    const options = colour.value;
    const place = { left: 0, top: 0, width: PIXELS, height: PIXELS };
    if (canvas.current && latest.current)
      drawPixels(contextOf(canvas.current), latest.current, options, place);
  };
  useEffect(draw, [slice]);
  useSignalEffect(draw);
  return (
    <span class={`thumb${slice ? (dim ? " dim" : "") : " blank"}`}>
      {gap ? (
        <span class="thumb-gap">gap</span>
      ) : (
        <canvas ref={canvas} width={PIXELS} height={PIXELS} hidden={!slice} />
      )}
    </span>
  );
}
