/** Curves as traces: the straight line to compare with, all checkpoints faintly, the one on screen. */
import type { Plain } from "plotly.js-cartesian-dist-min";
import type { Along } from "../field/along";
import type { Ink } from "./look";
import { ramp } from "./ramp";

export interface Moment {
  readonly along: Along;
  /** Place in training, 0 to 1. */
  readonly place: number;
}

/** Range of the share of the way, so that both ends are inside. */
export const SHARES = [-0.02, 1.02] as const;

export function curveTraces(
  ink: Ink,
  along: Along | null,
  others: readonly Moment[],
  weight = 1,
): { [name: string]: Plain }[] {
  return [
    {
      type: "scatter",
      mode: "lines",
      x: [0, 1],
      y: [0, 1],
      line: { color: ink.quiet, width: 1, dash: "dot" },
      hoverinfo: "skip",
    },
    ...(along?.controls ?? []).map(({ curve, dash }) => ({
      ...trace({ curve: Float32Array.from(curve) }, ink.quiet, weight),
      line: { color: ink.quiet, width: weight, dash },
    })),
    ...others.map((one) => trace(one.along, ramp(ink, one.place), 1.1 * weight)),
    ...(along ? [trace(along, ink.ink, 2 * weight)] : []),
  ];
}

/** The stretch from 10 % to 90 % and the place of the steepest rise, behind the curve. */
export function markShapes(ink: Ink, along: Along | null, soft: string): Plain[] {
  if (along?.low == null || along.high == null || along.position === null) return [];
  const tall = { yref: "paper", y0: 0, y1: 1, layer: "below" };
  return [
    { type: "rect", x0: along.low, x1: along.high, ...tall, fillcolor: soft, line: { width: 0 } },
    {
      type: "line",
      x0: along.position,
      x1: along.position,
      ...tall,
      line: { color: ink.accent, width: 1, dash: "dot" },
    },
  ];
}

/** Highest value to be shown: curves may overshoot. */
export function topOf(all: readonly (Along | null)[]): number {
  let most = 1;
  for (const one of all) for (const value of one?.curve ?? []) if (value > most) most = value;
  return most * 1.05;
}

function trace({ curve }: Pick<Along, "curve">, color: string, width: number): { [name: string]: Plain } {
  const last = Math.max(1, curve.length - 1);
  return {
    type: "scatter",
    mode: "lines",
    x: Array.from(curve, (_, i) => i / last),
    y: Array.from(curve),
    line: { color, width },
    hoverinfo: "skip",
  };
}
