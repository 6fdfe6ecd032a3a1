/** What stands beside the figure while a talk is given: its prompts in their colours, and where training is. */
import { Letter } from "../kit/Letter";
import { compact, whole } from "../kit/numbers";
import { room } from "../shell/address";
import { presenting } from "../shell/chrome";
import { distanceText } from "../subject/distances";
import { card } from "../subject/question";
import { view } from "../subject/state";
import { black, ended, placeTyped } from "./giving";
import { scene, story } from "./state";
import "./talk.css";

export default function Stage() {
  if (!presenting.value) return null;
  return (
    <>
      {room.value?.name === "slice" && <Key />}
      {placeTyped.value && (
        <p class="talk-stage-placeTyped" role="status">
          {placeTyped.value} ⏎
        </p>
      )}
      {ended.value && (
        <div class="talk-stage-black talk-stage-end" role="status">
          End
        </div>
      )}
      {black.value && (
        <div class="talk-stage-black" role="status" aria-label="Black: any key brings the picture back" />
      )}
    </>
  );
}

/** Prompts and colour key of a plane. */
function Key() {
  const { prompts, revision, model, layer, distance } = view.value;
  const row = card.value?.revisions.find((one) => one.revision === revision);
  return (
    <aside
      class="talk-stage"
      aria-label={`${scene.value?.title ?? ""} of ${story.value.title || "the talk"}`}
    >
      <ul class="talk-stage-prompts">
        {([0, 1, 2] as const).map((k) => (
          <li key={k}>
            <Letter k={k} />
            <span>{prompts[k]}</span>
          </li>
        ))}
      </ul>
      <p class="talk-stage-key">
        The more a point's output is like a prompt's own, the more of its colour: {model}, written after block{" "}
        {layer}, {distanceText(distance)}.
      </p>
      <p class="talk-stage-step" role="status">
        {row?.step == null ? revision : `step ${whole(row.step)}`}
        {row?.tokens ? <small>{compact(row.tokens)} tokens seen</small> : null}
      </p>
    </aside>
  );
}
