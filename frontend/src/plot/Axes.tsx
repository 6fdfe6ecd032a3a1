/** The field's axes: a transparent chart laid over the canvas, so that ticks are always where the pixels are. */
import { useMemo } from "preact/hooks";
import { deep, deepTitle } from "../field/deepTicks";
import type { Frame, Range } from "../field/view";
import { theme } from "../shell/theme";
import { Chart } from "./Chart";
import { axis, baseLayout, type Ink, inkOf } from "./look";

interface Props {
  readonly frame: Frame;
  readonly width: number;
  readonly height: number;
  /** What the axes have around the picture, CSS pixels. */
  readonly room: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Whether the picture is still to come. */
  readonly waiting: boolean;
}

export function Axes({ frame, width, height, room, waiting }: Props) {
  const scheme = theme.value;
  const layout = useMemo(() => {
    const ink = inkOf();
    const full = { width: width + room.left + room.right, height: height + room.top + room.bottom };
    return {
      ...baseLayout(ink, full.width, full.height),
      margin: {
        l: room.left + frame.left,
        r: room.right + width - frame.left - frame.width,
        t: room.top + frame.top,
        b: room.bottom + height - frame.top - frame.height,
        pad: 0,
      },
      xaxis: along(ink, frame.window.alpha, "α", "α, from A to B"),
      yaxis: along(ink, frame.window.beta, "β", "β, towards C"),
    };
  }, [frame, width, height, scheme, room]);
  return <Chart class="axes" label="" data={NOTHING} layout={layout} still eager waiting={waiting} />;
}

/** An axis along a range; deep inside a zoom its ticks are counted from a place that its title says. */
function along(ink: Ink, range: Range, name: string, title: string) {
  const far = deep(range);
  return axis(ink, {
    range: [...(far?.range ?? range)],
    showline: false,
    nticks: 6,
    title: { text: far ? deepTitle(name, far) : title, standoff: 4, font: { size: ink.size } },
  });
}

/** Axes are drawn only where there is a trace. */
const NOTHING = [{ type: "scatter", x: [null], y: [null], hoverinfo: "skip" }] as const;
