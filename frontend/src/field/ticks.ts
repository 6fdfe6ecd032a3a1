/** Round numbers along an axis. */
import type { Range } from "./view";
import { span } from "./view";

/** At most `most` round numbers within a range, 1, 2 or 5 times a power of ten apart. */
export function ticks(range: Range, most: number): readonly number[] {
  const raw = span(range) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(raw));
  for (const factor of [1, 2, 5, 10]) {
    const step = factor * power;
    const first = Math.ceil(range[0] / step - 1e-9);
    const last = Math.floor(range[1] / step + 1e-9);
    if (last - first + 1 > most) continue;
    const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) =>
      Number(((first + n) * step).toFixed(Math.min(12, places))),
    );
  }
  return [];
}
