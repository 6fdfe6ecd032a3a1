/** Every place of the stream as a small moving picture, from the embedding to the end. */
import { Canvas } from "../../kit/Canvas";
import { theme, token } from "../../shell/theme";
import { learning, place, places, short } from "./asking";
import { rgb } from "./draw";
import { thumbnails } from "./drawn";
import { placeAbout, placeText, r2Text, tooMany } from "./frame";
import { showBelief } from "./link";
import { dotOf, paint } from "./points";
import { WHOLE_SIMPLEX } from "./simplex";

const SIDE = 62;

export function PlaceStrip() {
  const frame = learning.value ?? short.value;
  return (
    <div class="belief-strip" role="radiogroup" aria-label="Place in the network">
      {places.value.map((name, n) => (
        <button
          key={name}
          type="button"
          role="radio"
          class="belief-thumb"
          aria-checked={name === place.value}
          title={placeAbout(name)}
          onClick={() => showBelief({ place: name })}
        >
          <Canvas side={SIDE} reads={[name, theme.value]} draw={(context) => small(context, name)} />
          <span>{placeText(name)}</span>
          <small class={frame && tooMany(frame, n) ? "bad" : ""}>
            {frame ? r2Text(frame.r2[n] as number, 3) : ""}
          </small>
        </button>
      ))}
    </div>
  );
}

/** Moves to the place before or after. */
export function stepPlace(by: number): void {
  const all = places.peek();
  const next = all[all.indexOf(place.peek()) + by];
  if (next) showBelief({ place: next });
}

function small(context: CanvasRenderingContext2D, name: string): void {
  const cloud = thumbnails.value.get(name);
  const pixels = context.canvas.width;
  const image = context.createImageData(pixels, pixels);
  const dot = cloud && dotOf(cloud, WHOLE_SIMPLEX) > 3 ? 3 : 1;
  if (cloud) paint(image, cloud, WHOLE_SIMPLEX, rgb(token("sunken")), dot * (pixels / SIDE));
  context.putImageData(image, 0, 0);
}
