/** How the slice room draws besides: what is laid over the picture, and whether frames fade into one another. */
import { mlpsOf } from "../../field/edges";
import { Choice, Toggle } from "../../kit/Choice";
import { view } from "../../subject/state";
import { believes } from "./state/believed";
import { mlps, mlpsAbove } from "./state/divided";
import { MLPS, sliceView } from "./state/view";

export default function OverlayFields() {
  const { overlay, fade } = sliceView.value;
  const { layer } = view.value;
  return (
    <>
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
          ...(believes.value || overlay === "belief"
            ? ([{ value: "belief", text: "belief: what is read off the end, as a colour" }] as const)
            : []),
        ]}
        onPick={(value) => sliceView.change({ overlay: value })}
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
          onPick={(value) => sliceView.change({ mlps: value })}
        />
      )}
      <Toggle
        label="cross-fade between checkpoints"
        on={fade}
        title="Between checkpoints the picture is interpolated, and says so"
        onFlip={(on) => sliceView.change({ fade: on })}
      />
    </>
  );
}
