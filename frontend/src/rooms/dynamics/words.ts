/** What the orbit under the hair-line is, in words. */

import { computed } from "@preact/signals";
import { orbit } from "./live";
import type { Exponents, Settled } from "./model/regimes";

/** An exponent with its standard error, to the digit that the error leaves. */
export function withError(value: number, error: number): string {
  const minus = (text: string): string => text.replace("-", "−");
  if (!Number.isFinite(error) || error <= 0) return minus(value.toPrecision(2));
  const places = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(error)) - (error < 1 ? 0 : 1)));
  return `${minus(value.toFixed(places))} ± ${error.toFixed(places)}`;
}

/** "chaos, λ₁ = 0.146 ± 0.003", "period 56". */
export function named({ regime, period, mean, error }: Settled & Exponents): string {
  const largest = mean[0];
  const growth = largest === undefined ? "" : `, λ₁ = ${withError(largest, error[0] ?? 0)}`;
  if (regime === "periodic") return period === 1 ? "fixed point" : `period ${period}`;
  if (regime === "transient chaos" && period) return `transient chaos, then period ${period}`;
  return `${regime}${growth}`;
}

export const verdict = computed(() => named(orbit.value));
