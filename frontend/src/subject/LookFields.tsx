/** How the answer is drawn: all of it computed in the page, no server asked. */
import { mlpsOf } from "../field/edges";
import { Choice, Toggle } from "../kit/Choice";
import { mlps, mlpsAbove } from "../rooms/slice/state/divided";
import { change, view } from "../shell/store";
import { MLPS, type Theme } from "./view";

export default function LookFields() {
  const { palette, normalisation, trueScale, contours, names, fade, overlay, layer, theme } = view.value;
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
        onPick={(value) => change({ palette: value })}
      />
      <Choice
        label="Colour scale"
        value={normalisation}
        title="What counts as black: the largest distance of this frame, of all frames, or the largest possible. Contrast also takes the lowest as white: it shows what varies, and nothing of how much"
        options={[
          { value: "frame", text: "each frame its own (the paper)" },
          { value: "sequence", text: "one for all frames" },
          { value: "absolute", text: "absolute" },
          { value: "contrast", text: "contrast: lowest to highest in this window" },
        ]}
        onPick={(value) => change({ normalisation: value })}
      />
      <Toggle label="names of regions" on={names} onFlip={(on) => change({ names: on })} />
      <Toggle label="border lines" on={contours} onFlip={(on) => change({ contours: on })} />
      <Choice
        label="Overlay"
        value={overlay}
        title="What is laid over the picture (O; K for computed points)"
        options={[
          { value: "none", text: "none" },
          { value: "computed", text: "computed points" },
          { value: "gradient", text: "gradient: how fast the output changes" },
          { value: "edges", text: "polytope edges: where units change sign" },
          { value: "veil", text: "trust veil: how far real text is" },
        ]}
        onPick={(value) => change({ overlay: value })}
      />
      {overlay === "edges" && (
        <Choice
          label="Units of"
          value={mlps.value}
          title="The first MLPs above the write layer, whose units change sign at the edges"
          options={MLPS.filter((count) => count <= mlpsAbove.value).map((count) => ({
            value: count,
            text: mlpsOf(layer, count),
          }))}
          onPick={(value) => change({ mlps: value })}
        />
      )}
      <Toggle
        label="true scale"
        on={trueScale}
        title="Draw both axes by their length in the residual stream"
        onFlip={(on) => change({ trueScale: on })}
      />
      <Toggle
        label="cross-fade between checkpoints"
        on={fade}
        title="Between checkpoints the picture is interpolated, and says so"
        onFlip={(on) => change({ fade: on })}
      />
      <Choice
        label="Theme"
        value={theme}
        options={(["system", "light", "dark", "projector"] satisfies Theme[]).map((value) => ({
          value,
          text: value === "system" ? "as the system" : value,
        }))}
        onPick={(value) => change({ theme: value })}
      />
    </div>
  );
}
