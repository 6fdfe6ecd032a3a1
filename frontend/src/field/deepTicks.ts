/**
 * Numbers deep inside a zoom. Neighbouring ticks would differ in their tenth digit only, so an axis says its place once
 * and counts from there: α = 0.4123457 + ticks × 10⁻⁷.
 */
import type { Range } from "./view";

export interface Deep {
  /** The place that ticks are counted from. */
  readonly from: number;
  /** Ticks are in units of ten to this power. */
  readonly power: number;
  /** The range in those units. */
  readonly range: Range;
}

/** Above this width plain decimals are short enough. */
const PLAIN = 2e-3;

/** How a narrow range is written, or null where plain decimals do. */
export function deep([low, high]: Range): Deep | null {
  const width = high - low;
  if (width >= PLAIN || !(width > 0)) return null;
  const power = Math.floor(Math.log10(width));
  const from = Number(((low + high) / 2).toFixed(Math.min(20, 1 - power)));
  const unit = 10 ** power;
  return { from, power, range: [(low - from) / unit, (high - from) / unit] };
}

/** An axis' title where ticks are counted from a place: “α = 0.4123457 + ticks × 10⁻⁷”. */
export function deepTitle(name: string, { from, power }: Deep): string {
  const place = from.toFixed(Math.min(20, 1 - power)).replace("-", "−");
  return `${name} = ${place} + ticks × 10${raised(power)}`;
}

const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A whole number as an exponent is written. */
function raised(value: number): string {
  const digits = [...String(Math.abs(value))].map((digit) => DIGITS[Number(digit)]).join("");
  return value < 0 ? `⁻${digits}` : digits;
}
