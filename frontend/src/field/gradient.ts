/** The layer of how fast the output changes: ‖d out/dP‖ at every point, on a log scale. */

import { put, ramp, rampColours } from "./inkRamp";
import type { Layer } from "./overlay";
import type { Window } from "./view";

/** Shares of the points below and above which the scale ends. */
const [LOW, HIGH] = [0.02, 0.998];
/** The scale spans at least this ratio: a flat picture is not made to look rugged. */
const LEAST = 10;

/** Where a log scale over these values begins and ends. */
export function logScale(values: Float32Array): readonly [number, number] {
  const sorted = values.filter((value) => value > 0 && Number.isFinite(value)).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 1;
  const high = at(HIGH);
  return [Math.min(at(LOW), high / LEAST), high];
}

/** Place of a value on a log scale, 0…1. */
export function logShare(value: number, [low, high]: readonly [number, number]): number {
  if (!(value > 0)) return 0;
  return Math.min(1, Math.max(0, Math.log(value / low) / Math.log(high / low)));
}

/** The layer of a gradient [ny, nx], row 0 at the lowest β. `unit`: what it is measured in. */
export function gradientLayer(
  gradient: Float32Array,
  grid: { readonly nx: number; readonly ny: number; readonly window: Window },
  unit: string,
  dark: boolean,
): Layer {
  const { nx, ny, window } = grid;
  const scale = logScale(gradient);
  const pixels = new Uint8ClampedArray(4 * nx * ny);
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const share = logShare(gradient[j * nx + i] as number, scale);
      put(pixels, (ny - 1 - j) * nx + i, ramp(share, dark));
    }
  }
  return {
    pixels,
    nx,
    ny,
    window,
    legend: [{ colour: null, text: `‖d out/dP‖, ${unit}, log scale` }],
    scale: { colours: rampColours(dark), from: figure(scale[0]), to: figure(scale[1]) },
  };
}

/** A number of any size in two figures. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) {
    const [mantissa, power] = value.toExponential(1).split("e");
    return `${mantissa}·10${[...String(Number(power))].map((sign) => RAISED[sign] ?? "").join("")}`;
  }
  return String(Number(value.toPrecision(2))).replace("-", "−");
}

const RAISED: Readonly<Record<string, string>> = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};
