/** The field's axes: a transparent chart laid over the canvas, so that ticks are always where the pixels are. */
import { useMemo } from "preact/hooks";
import type { Frame } from "../field/view";
import { theme } from "../theme/theme";
import { Chart } from "./Chart";
import { axis, baseLayout, inkOf } from "./look";

/** Room for the axes around the picture, CSS pixels. */
export const MARGIN = { left: 48, right: 12, top: 4, bottom: 40 } as const;

export function Axes({ frame, width, height }: { frame: Frame; width: number; height: number }) {
  const scheme = theme.value;
  const layout = useMemo(() => {
    const ink = inkOf();
    const full = { width: width + MARGIN.left + MARGIN.right, height: height + MARGIN.top + MARGIN.bottom };
    return {
      ...baseLayout(ink, full.width, full.height),
      margin: {
        l: MARGIN.left + frame.left,
        r: MARGIN.right + width - frame.left - frame.width,
        t: MARGIN.top + frame.top,
        b: MARGIN.bottom + height - frame.top - frame.height,
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
  }, [frame, width, height, scheme]);
  return <Chart class="axes" label="" data={NOTHING} layout={layout} still eager />;
}

/** Axes are drawn only where there is a trace. */
const NOTHING = [{ type: "scatter", x: [null], y: [null], hoverinfo: "skip" }] as const;
