/** How far the diagram is, and how fast it went. */

import { whole } from "../../kit/numbers";
import { glide, gliding, rest } from "./glide";
import { limited, progress } from "./measured";

/** Steps a second of the authors' program, one β at a time, with all its statistics stored; measured, see the docs. */
const AUTHORS = 2080;

export function Standing() {
  const { total, done, pass, running, steps, seconds } = progress.value;
  const speed = seconds > 0 ? steps / seconds : 0;
  const rate = speed > 1e5 ? `${(speed / 1e6).toFixed(1)} M steps a second` : "";
  const times =
    speed > 1e5 ? `, ${whole(Math.round(speed / AUTHORS / 100) * 100)} times the authors' program` : "";
  const what = running
    ? `${whole(done)} of ${whole(total)} values${pass === "longer" ? ", refining" : ""}`
    : `${whole(total)} values, ${seconds < 1 ? seconds.toFixed(2) : seconds.toFixed(1)} s here`;
  return (
    <p class="standing" data-whole={total > 0 && (pass === "longer" || done >= total)}>
      {limited.value && <span class="warm">at the limit of double precision: neighbouring numbers</span>}
      <span class="quiet">
        {total > 0 ? what : ""}
        {rate && ` · ${rate}${times}`}
      </span>
      <button type="button" class="chip" onClick={() => (gliding.value ? rest() : glide())}>
        {gliding.value ? "rest" : "glide"}
      </button>
    </p>
  );
}
