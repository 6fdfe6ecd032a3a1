/** Numbers of regions, as the panel says them. */

/** A share of the window. */
export function areaText(fraction: number): string {
  return fraction < 0.01
    ? `${Math.max(0.1, 100 * fraction).toFixed(1)} %`
    : `${Math.round(100 * fraction)} %`;
}

/** A distance or a sharpness in two figures; a dash where there is none. */
export function numberText(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  if (value >= 9.95) return String(Math.round(value));
  return value >= 0.0995 ? value.toPrecision(2) : value.toFixed(3);
}
