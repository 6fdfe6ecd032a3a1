/** Turning the plane out of itself, about the line from A to B: what survives is no accident of the third prompt. */
import { figure } from "../../../field/gradient";
import { Icon } from "../../../kit/icons";
import { change, view } from "../../../subject/state";
import { shown } from "../state/shown";
import { turn, turnElsewhere } from "./turning";
import "./turn.css";

export default function Turn() {
  const { tilt } = view.value;
  if (!tilt) return null;
  return (
    <div class="turn" role="group" aria-label="Rotate the plane">
      <label class="turn-slide">
        <span>Turned</span>
        <input
          type="range"
          min={0}
          max={90}
          step={1}
          value={tilt.degrees}
          aria-label="Degrees out of the plane"
          aria-valuetext={`${tilt.degrees} degrees`}
          onInput={(event) => turn(Number(event.currentTarget.value))}
          onChange={(event) => turn(Number(event.currentTarget.value), true)}
        />
      </label>
      <p aria-live="polite">{sentence(tilt.degrees)}</p>
      <button
        type="button"
        class="chip"
        aria-label="Another random direction"
        title={`Another random direction; this one is drawn by seed ${tilt.seed}`}
        onClick={turnElsewhere}
      >
        another
      </button>
      <button
        type="button"
        class="icon bare tight"
        aria-label="Back to the plane through C"
        title="Back to the plane through C (R)"
        onClick={() => change({ tilt: null })}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function sentence(degrees: number): string {
  if (degrees === 0) return "0°: the plane through A, B and C";
  const away = shown.value?.slice.norms.cx;
  const off = away === undefined ? null : Math.sin((degrees * Math.PI) / 180) * away;
  const by = off === null ? "" : `; C is off the plane by ${figure(off)}`;
  return `${degrees}° out of the plane towards a random direction${by}`;
}
