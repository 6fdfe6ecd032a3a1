/**
 * Said on the picture itself: that there is none of this checkpoint; that the window stands at the limit of numbers; that
 * it is one colour on the chosen scale, or shows on the contrast scale what was only interpolated.
 */
import type { ComponentChildren } from "preact";
import type { Problem } from "../../api/types";
import { floors, scales } from "../../field/colour";
import { largest, precision, type Slice, smallest } from "../../field/slice";
import { question } from "../../subject/question";
import { change, view } from "../../subject/state";
import { answers, frames } from "./state/frames";
import { colour, shown } from "./state/shown";

/** Why there is no picture of the frame on screen; null where there is one, or will be. */
export function gapHere(): Problem | null {
  if (answers.value !== question.value) return null;
  return frames.value.get(view.value.revision)?.gap ?? null;
}

export function Notes() {
  const gap = gapHere();
  if (gap)
    return (
      <p class="picture-note gap">
        <strong>
          {view.value.revision}: {gap.title.toLowerCase()}
        </strong>
        <span>{gap.detail}</span>
      </p>
    );
  const now = shown.value;
  if (!now || now.stale) return null;
  return (
    <div class="picture-notes">
      <Limit slice={now.slice} />
      <Flat slice={now.slice} />
    </div>
  );
}

function Limit({ slice }: { slice: Slice }) {
  const limit = precision(slice);
  if (!limit || limit.distinct >= 1) return null;
  if (limit.dtype === "float64")
    return (
      <p class="picture-note">
        float64 limit reached: neighbouring points are the same number, and there is nothing finer
      </p>
    );
  return (
    <Note
      text={`${limit.dtype} limit reached: neighbouring points are the same number`}
      button="Compute in float64"
      onClick={() => change({ dtype: "float64" })}
    />
  );
}

function Flat({ slice }: { slice: Slice }) {
  const { normalisation, sequenceMax } = colour.value;
  if (normalisation === "contrast")
    return slice.computed.includes(0) ? (
      <Note
        text="contrast shows less than what interpolation is good for"
        button="Compute every point"
        onClick={() => change({ exact: true })}
      />
    ) : null;
  const scale = scales(normalisation, slice, sequenceMax);
  const floor = floors(normalisation, slice);
  const [low, high] = [smallest(slice), largest(slice)];
  // A step of 255 is the least that a screen can show.
  const flat = ([0, 1, 2] as const).every((k) => 255 * (high[k] - low[k]) < 1.5 * (scale[k] - floor[k]));
  return flat ? (
    <Note
      text="one colour: all distances here are nearly the same"
      button="Show contrast"
      onClick={() => change({ normalisation: "contrast", exact: true })}
    />
  ) : null;
}

function Note({ text, button, onClick }: { text: ComponentChildren; button: string; onClick: () => void }) {
  return (
    <p class="picture-note">
      {text}
      <button type="button" onClick={onClick}>
        {button}
      </button>
    </p>
  );
}
