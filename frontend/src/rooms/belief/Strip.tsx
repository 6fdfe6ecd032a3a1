/** Every place of the stream as a small moving picture, from the embedding to the end. */
import { Canvas } from "../../kit/Canvas";
import { theme, token } from "../../shell/theme";
import { place, places, short } from "./asking";
import { thumbnails } from "./drawn";
import { placeAbout, placeText } from "./frame";
import { showBelief } from "./link";
import { paint } from "./points";
import { WHOLE_SIMPLEX } from "./simplex";

const SIDE = 62;

export function PlaceStrip() {
  const frame = short.value;
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
          <small>{frame ? (frame.r2[n] as number).toFixed(3) : ""}</small>
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
  const ground = [1, 3, 5].map((n) => Number.parseInt(token("sunken").slice(n, n + 2), 16));
  if (cloud) paint(image, cloud, WHOLE_SIMPLEX, ground as [number, number, number], 1);
  context.putImageData(image, 0, 0);
}
