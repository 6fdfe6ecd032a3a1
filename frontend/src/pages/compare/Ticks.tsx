/** Quiet axes: a few round numbers along two edges. */
import { ticks } from "../../field/ticks";
import { type Frame, span, toPixel } from "../../field/view";
import { coordinate } from "../../theme/numbers";

/** Places for numbers under and beside a field; `left` and `bottom` of the tile are theirs. */
export function Ticks({ frame, side }: { frame: Frame; side: number }) {
  const most = side < 200 ? 3 : 5;
  const { alpha, beta } = frame.window;
  const text = (value: number, range: readonly [number, number]): string =>
    span(range) > 0.5 ? String(value).replace("-", "−") : coordinate(value, span(range));
  return (
    <div class="ticks" aria-hidden="true">
      {ticks(alpha, most).map((value) => (
        <span key={value} class="tick-alpha" style={{ left: `${toPixel(frame, value, beta[0]).x}px` }}>
          {text(value, alpha)}
        </span>
      ))}
      {ticks(beta, most).map((value) => (
        <span key={value} class="tick-beta" style={{ top: `${toPixel(frame, alpha[0], value).y}px` }}>
          {text(value, beta)}
        </span>
      ))}
    </div>
  );
}
