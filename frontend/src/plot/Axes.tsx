/** The field's axes: a transparent chart laid over the canvas, so that ticks are always where the pixels are. */
import { useMemo } from "preact/hooks";
import type { Frame } from "../field/view";
import { margin } from "../state/shown";
import { theme } from "../theme/theme";
import { Chart } from "./Chart";
import { axis, baseLayout, inkOf } from "./look";

export function Axes({ frame, width, height }: { frame: Frame; width: number; height: number }) {
  const scheme = theme.value;
  const room = margin.value;
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
      xaxis: axis(ink, {
        range: [...frame.window.alpha],
        showline: false,
        nticks: 6,
        title: { text: "α, from A to B", standoff: 4, font: { size: ink.size } },
      }),
      yaxis: axis(ink, {
        range: [...frame.window.beta],
        showline: false,
        nticks: 6,
        title: { text: "β, towards C", standoff: 4, font: { size: ink.size } },
      }),
    };
  }, [frame, width, height, scheme, room]);
  return <Chart class="axes" label="" data={NOTHING} layout={layout} still eager />;
}

/** Axes are drawn only where there is a trace. */
const NOTHING = [{ type: "scatter", x: [null], y: [null], hoverinfo: "skip" }] as const;
