/** A preset's picture: the shipped slice, drawn here, so that it has the palette that is chosen and no tiny words. */
import { useEffect, useRef, useState } from "preact/hooks";
import { decodeResult } from "../../api/decode";
import { source } from "../../api/source";
import { drawThumb } from "../../field/draw";
import { type Slice, sliceOf } from "../../field/slice";
import { look } from "../../shell/look";

const PIXELS = 192;

/** Slices that were fetched, by key. */
const known = new Map<string, Slice>();

export function Picture({ thumbnail }: { thumbnail: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [slice, setSlice] = useState(known.get(thumbnail) ?? null);
  const { palette } = look.value;

  useEffect(() => {
    if (slice) return;
    const stop = new AbortController();
    source
      .result(thumbnail, stop.signal)
      .then((buffer) => {
        const found = sliceOf(decodeResult(buffer));
        known.set(thumbnail, found);
        setSlice(found);
      })
      .catch(() => undefined); // A preset without a picture is still a link.
    return () => stop.abort();
  }, [thumbnail, slice]);

  useEffect(() => {
    if (canvas.current && slice) drawThumb(canvas.current, slice, { palette, normalisation: "frame" });
  }, [slice, palette]);

  return (
    <span aria-hidden="true">
      <canvas ref={canvas} class={slice ? "drawn" : ""} width={PIXELS} height={PIXELS} />
    </span>
  );
}
