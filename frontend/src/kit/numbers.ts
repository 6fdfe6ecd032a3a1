/** Numbers as people read them. */

const WHOLE = new Intl.NumberFormat("en-US");

/** 1536 → "1,536". */
export const whole = (value: number): string => WHOLE.format(value);

/** "1 pair", "1,000 pairs". */
export const plural = (count: number, noun: string): string =>
  `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;

/** 620000 → "0.6 M"; 1500 → "1.5 k". */
export function compact(value: number): string {
  for (const [unit, size] of [
    ["T", 1e12],
    ["B", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    if (value >= size * 0.05 && (value >= size || (unit === "M" && value >= 1e5))) {
      const scaled = value / size;
      return `${scaled >= 100 ? Math.round(scaled) : Number(scaled.toPrecision(2))} ${unit}`;
    }
  }
  return String(value);
}

/** A count of work: "812", "6.3 k" below ten thousand and "203 k" above, "1.2 M". */
export function amount(value: number): string {
  if (value < 1000) return String(value);
  if (value < 999_500) return `${value < 9_950 ? (value / 1000).toFixed(1) : Math.round(value / 1000)} k`;
  return `${(value / 1e6).toFixed(1)} M`;
}

/** A probability: two decimals, three below 0.01, and never a false zero. */
export function share(value: number): string {
  if (value >= 0.995) return value >= 0.9995 ? "1.00" : value.toFixed(3);
  if (value >= 0.01) return value.toFixed(2);
  return value >= 0.0005 ? value.toFixed(3) : "<0.001";
}

/** A duration in words: "0.3 s", "12 s", "2 min". */
export function duration(seconds: number): string {
  if (seconds < 0.95) return `${Math.max(0.01, seconds).toFixed(seconds < 0.1 ? 2 : 1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** A coordinate, with as many decimals as the window's width makes sensible. */
export function coordinate(value: number, width = 1.5): string {
  const places = Math.min(17, Math.max(2, Math.ceil(2 - Math.log10(width))));
  const text = value.toFixed(places);
  return Number(text) === 0 ? (0).toFixed(places) : text.replace("-", "−");
}

/** A size on disk or in memory, in powers of ten as disks are sold: "812 kB", "1.2 GB". */
export function bytes(count: number): string {
  if (count >= 999.5e9) return `${(count / 1e12).toFixed(1)} TB`;
  if (count >= 999.5e6) return `${count < 9.95e9 ? (count / 1e9).toFixed(1) : Math.round(count / 1e9)} GB`;
  if (count >= 999.5e3) return `${count < 9.95e6 ? (count / 1e6).toFixed(1) : Math.round(count / 1e6)} MB`;
  return count >= 1000 ? `${Math.round(count / 1000)} kB` : `${count} B`;
}

/** How long ago something was, in words: "just now", "3 h ago", "2 days ago". */
export function ago(seconds: number): string {
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}
