/** Along a line: how far the output has gone from what it was at the beginning. A plateau, a jump, a plateau: two stable regions. */
import { useMemo } from "preact/hooks";
import type { Along } from "../field/along";
import { theme, token } from "../shell/theme";
import { Chart } from "./Chart";
import { curveTraces, type Moment, markShapes, SHARES, topOf } from "./curves";
import { axis, baseLayout, inkOf } from "./look";

interface Props {
  readonly along: Along | null;
  readonly others: readonly Moment[];
  /** Names of the ends, and what lies between them. */
  readonly ends: readonly [string, string, string];
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

/** Room beside the curve, in units of type. */
export const CURVE_ROOM = { left: 26, right: 26, top: 6, bottom: 20 };

export function Curve({ along, others, ends, label, width, height }: Props) {
  const scheme = theme.value;
  const { data, layout } = useMemo(() => {
    const ink = inkOf();
    return {
      data: curveTraces(ink, along, others),
      layout: {
        ...baseLayout(ink, width, height),
        margin: {
          l: CURVE_ROOM.left * ink.scale,
          r: CURVE_ROOM.right * ink.scale,
          t: CURVE_ROOM.top,
          b: CURVE_ROOM.bottom * ink.scale,
          pad: 0,
        },
        shapes: markShapes(ink, along, token("accent-soft")),
        xaxis: axis(ink, {
          range: [...SHARES],
          tickvals: [0, 0.5, 1],
          ticktext: [ends[0], ends[1], ends[2]],
        }),
        yaxis: axis(ink, {
          range: [-0.03, topOf([along, ...others.map((one) => one.along)])],
          tickvals: [0, 1],
          showline: false,
          ticks: "",
        }),
      },
    };
  }, [along, others, ends[0], ends[1], ends[2], width, height, scheme]);
  const waiting = !along && others.length === 0;
  return <Chart class="chart" label={label} data={data} layout={layout} still waiting={waiting} />;
}
