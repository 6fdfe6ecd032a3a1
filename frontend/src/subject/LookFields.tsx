/** How the answer is drawn: all of it computed in the page, no server asked. */
import type { ComponentChildren } from "preact";
import { Choice, Toggle } from "../kit/Choice";
import { look, THEMES } from "../shell/look";
import { change, view } from "./state";

/** A room adds what it draws besides. */
export default function LookFields({ children }: { readonly children?: ComponentChildren }) {
  const { normalisation, trueScale, contours, names } = view.value;
  const { palette, theme } = look.value;
  return (
    <div class="menu-fields">
      <Choice
        label="Colours"
        value={palette}
        options={[
          { value: "paper", text: "red, green, blue (the paper)" },
          { value: "safe", text: "colour-blind safe" },
          { value: "a", text: "only A, in greys" },
          { value: "b", text: "only B, in greys" },
          { value: "c", text: "only C, in greys" },
        ]}
        onPick={(value) => look.change({ palette: value })}
      />
      <Choice
        label="Colour scale"
        value={normalisation}
        title="What counts as black: the largest distance in this frame’s whole plane, in those of all frames, or the largest possible; zooming changes none of them. Contrast goes by this window and also takes its lowest as white: it shows what varies, and nothing of how much"
        options={[
          { value: "frame", text: "each frame’s whole plane (the paper)" },
          { value: "sequence", text: "one for all frames" },
          { value: "absolute", text: "absolute" },
          { value: "contrast", text: "contrast: lowest to highest in this window" },
        ]}
        onPick={(value) => change({ normalisation: value })}
      />
      <Toggle label="names of regions" on={names} onFlip={(on) => change({ names: on })} />
      <Toggle label="border lines" on={contours} onFlip={(on) => change({ contours: on })} />
      {children}
      <Toggle
        label="true scale"
        on={trueScale}
        title="Draw both axes by their length in the residual stream"
        onFlip={(on) => change({ trueScale: on })}
      />
      <Choice
        label="Theme"
        value={theme}
        options={THEMES.map((value) => ({
          value,
          text: value === "system" ? "as the system" : value,
        }))}
        onPick={(value) => look.change({ theme: value })}
      />
    </div>
  );
}
