/** Further prompts on the picture: each at its projection, with a ring as wide as it stands off the plane. */
import { type Other, otherSentence } from "../../../field/others";
import { type Frame, span, toPixel } from "../../../field/view";
import { looked, projected } from "../state/others";
import "./others.css";

interface Placed {
  readonly other: Other;
  readonly x: number;
  readonly y: number;
}

export default function Marks({ frame }: { frame: Frame }) {
  const answer = projected.answer.value;
  if (!answer) return null;
  const unit = frame.width / span(frame.window.alpha);
  const { left, top, width, height } = frame;
  const marks = answer.value.map((other) => {
    const { x, y } = toPixel(frame, other.at[0], other.at[1]);
    return { other, x: x - left, y: y - top };
  });
  return (
    <div
      class={`others${answer.stale ? " stale" : ""}`}
      style={{ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` }}
    >
      <div class="other-rings" aria-hidden="true">
        {marks.map(({ other, x, y }) => {
          const size = `${2 * other.radius * unit}px`;
          return (
            <span
              key={other.letter}
              class="other-ring"
              style={{ left: `${x}px`, top: `${y}px`, width: size, height: size }}
            />
          );
        })}
      </div>
      {marks.map((mark, n) =>
        mark.x >= 0 && mark.y >= 0 && mark.x <= width && mark.y <= height ? (
          <Mark key={mark.other.letter} mark={mark} n={n} width={width} height={height} />
        ) : null,
      )}
    </div>
  );
}

/** What is said of a mark opens towards the picture's middle. */
function Mark({ mark, n, width, height }: { mark: Placed; n: number; width: number; height: number }) {
  const { other, x, y } = mark;
  const look = (on: boolean): void => {
    looked.value = on ? n : null;
  };
  const side = `${y > height / 2 ? " high" : ""}${x > width / 2 ? " right" : ""}`;
  return (
    <span class="other-place" style={{ left: `${x}px`, top: `${y}px` }}>
      <button
        type="button"
        class={`other-mark${looked.value === n ? " looked" : ""}`}
        aria-label={`${other.letter}: “${other.text}”. ${otherSentence(other)}`}
        onFocus={() => look(true)}
        onBlur={() => look(false)}
        onPointerEnter={() => look(true)}
        onPointerLeave={() => look(false)}
      >
        {other.letter}
      </button>
      {looked.value === n && (
        <span class={`other-words${side}`} aria-hidden="true">
          <strong>{other.text}</strong>
          {otherSentence(other)}
        </span>
      )}
    </span>
  );
}
