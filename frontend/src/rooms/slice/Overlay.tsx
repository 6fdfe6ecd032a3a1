/** The key to what lies over the picture: its colours, in words, below the picture; or how far it is, or why it cannot be. */
import { layer } from "./state/overlay";
import { way } from "./state/overlays";
import { sliceView } from "./state/view";
import "./overlay.css";

export function OverlayKey() {
  if (sliceView.value.overlay === "none") return null;
  const now = layer.value;
  const { share, problem, sentence } = way.value;
  if (problem) {
    return (
      <p class="overlay-key" role="status">
        <span class="bad">{problem.title}:</span> {problem.detail} {problem.next}
      </p>
    );
  }
  if (!now) {
    return (
      <p class="overlay-key" role="status">
        {share === null ? "on its way …" : `being computed … ${Math.round(100 * share)} %`}
      </p>
    );
  }
  const [first, ...rest] = now.legend.map(({ colour, text, dot }) => (
    <li key={text}>
      {(colour !== null || !now.scale) && (
        <span
          class={`swatch${colour === null ? " clear" : ""}${dot ? " dot" : ""}`}
          style={colour === null ? undefined : { background: colour }}
        />
      )}
      {text}
    </li>
  ));
  return (
    <div class="overlay-key">
      <ul aria-label="Key to the layer over the picture">
        {first}
        {now.scale && (
          <li class="overlay-scale">
            {now.scale.from}
            <span
              class="swatch"
              style={{ background: `linear-gradient(90deg, ${now.scale.colours.join(", ")})` }}
            />
            {now.scale.to}
          </li>
        )}
        {rest}
      </ul>
      {sentence && <p class="overlay-sentence">{sentence}</p>}
    </div>
  );
}
