/** A digit in large pixels, small and still: a stored one, an original. */
import { Canvas } from "../../kit/Canvas";
import { drawLarge, greyPixels } from "./colours";
import { SIDE } from "./network/tokens";

export function Digit({ image, side, label }: { image: Float64Array; side: number; label: string }) {
  return (
    <span class="digit-still" role="img" aria-label={label}>
      <Canvas
        side={side}
        reads={[image]}
        draw={(context) => drawLarge(context, greyPixels(image, SIDE), 0, 0, side)}
      />
    </span>
  );
}
