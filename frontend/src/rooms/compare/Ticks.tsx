/** Quiet axes: a few round numbers along two edges. */
import { ticks } from "../../field/ticks";
import { type Frame, type Range, span, toPixel } from "../../field/view";
import { coordinate } from "../../kit/numbers";

/** Numbers under and beside a field, close to what is drawn of it. */
export function Ticks({ frame, side }: { frame: Frame; side: number }) {
  const most = side < 200 ? 3 : 5;
  const { alpha, beta } = frame.window;
  const { left, top, width, height } = frame;
  const inset = `${top}px auto auto ${left}px`;
  return (
    <div class="ticks" aria-hidden="true" style={{ inset, width: `${width}px`, height: `${height}px` }}>
      {ticks(alpha, most).map((value) => (
        <span key={value} class="tick-alpha" style={{ left: `${toPixel(frame, value, beta[0]).x - left}px` }}>
          {tickText(value, alpha)}
        </span>
      ))}
      {ticks(beta, most).map((value) => (
        <span key={value} class="tick-beta" style={{ top: `${toPixel(frame, alpha[0], value).y - top}px` }}>
          {tickText(value, beta)}
        </span>
      ))}
    </div>
  );
}

export function tickText(value: number, range: Range): string {
  return span(range) > 0.5 ? String(value).replace("-", "−") : coordinate(value, span(range));
}
