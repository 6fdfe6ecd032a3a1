/** The ends of the line, to be taken in the hand or moved by arrow keys. */
import { useRef } from "preact/hooks";
import { edgeOf, endName, pixelsOf, placeOf } from "../../../field/line";
import type { Frame } from "../../../field/view";
import { coordinate } from "../../../kit/numbers";
import { ARROWS } from "../../../subject/surface/cursor";
import type { Held } from "../../../subject/surface/held";
import { anchors, hovered, tool } from "../state/line";
import { endInHand, nudge } from "../state/lineHand";
import { sliceView } from "../state/view";

/** One press of an arrow key, in shares of the window; with Shift eight of them. */
const PRESS = 1 / 128;

export function Handles({ frame }: { frame: Frame }) {
  const own = anchors.value;
  const { line: chosen } = sliceView.value;
  if (!own || hovered.value || (tool.value === "zoom" && edgeOf(chosen))) return null;
  const pixels = pixelsOf(chosen, own, frame);
  return (
    <>
      {([0, 1] as const).map((which) => {
        const [alpha, beta] = placeOf(chosen[which], own);
        return (
          <Handle
            key={which}
            frame={frame}
            which={which}
            left={pixels[which].x}
            top={pixels[which].y}
            name={endName(chosen, which)}
            label={`${which === 0 ? "Beginning" : "End"} of the line, at alpha ${coordinate(alpha)}, beta ${coordinate(beta)}. Arrow keys move it.`}
          />
        );
      })}
    </>
  );
}

interface Props {
  readonly frame: Frame;
  readonly which: 0 | 1;
  readonly left: number;
  readonly top: number;
  readonly name: string;
  readonly label: string;
}

function Handle({ frame, which, left, top, name, label }: Props) {
  const held = useRef<Held | null>(null);
  const local = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const rect = event.currentTarget.closest(".surface")?.getBoundingClientRect();
    return { x: event.clientX - (rect?.left ?? 0), y: event.clientY - (rect?.top ?? 0) };
  };
  return (
    <button
      type="button"
      class={`handle${name === "P" || name === "Q" ? "" : " ring"}`}
      style={{ left: `${left}px`, top: `${top}px` }}
      aria-label={label}
      title="Drag, or move with the arrow keys"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = endInHand(frame, which, local(event));
      }}
      onPointerMove={(event) => {
        event.stopPropagation();
        held.current?.move(local(event));
      }}
      onPointerUp={(event) => {
        event.stopPropagation();
        held.current?.end(local(event));
        held.current = null;
      }}
      onPointerCancel={() => {
        held.current?.cancel();
        held.current = null;
      }}
      onDblClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        const arrow = ARROWS[event.key];
        if (!arrow || event.altKey || event.metaKey || event.ctrlKey) return;
        const size = PRESS * (event.shiftKey ? 8 : 1);
        nudge(which, [arrow[0] * size, arrow[1] * size]);
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {name === "P" || name === "Q" ? name : ""}
    </button>
  );
}
