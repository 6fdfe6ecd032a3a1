/** A contact sheet in words: where and when the border is sharp, and where there are many regions. */

/** A cell in numbers. */
export interface Row {
  readonly layer: number;
  readonly revision: string;
  /** The checkpoint in words. */
  readonly moment: string;
  /** Of the curve from A to B; 1 is a straight line, null where it has none. */
  readonly sharpness: number | null;
  readonly regions: number;
}

/** As steep as this, a border is worth a word: twice a straight line. */
export const SHARP = 2;

/** A few sentences about the cells that are there; empty where there is none. */
export function describe(rows: readonly Row[]): string {
  const sharp = rows.filter((row): row is Row & { sharpness: number } => row.sharpness !== null);
  const parts: string[] = [];
  const [sharpest] = [...sharp].sort((one, other) => other.sharpness - one.sharpness);
  if (sharpest) {
    parts.push(`Sharpest at layer ${sharpest.layer}, ${sharpest.moment}: ${sharpest.sharpness.toFixed(1)}.`);
    parts.push(firstSharp(sharp));
  }
  if (rows.length > 0) parts.push(count(rows));
  return parts.join(" ");
}

/** When a border twice as steep as a straight line first appears. Rows may come in any order of layers, not of time. */
function firstSharp(rows: readonly (Row & { sharpness: number })[]): string {
  const moments = [...new Set(rows.map((row) => row.revision))];
  for (const [n, revision] of moments.entries()) {
    const there = rows.filter((row) => row.revision === revision && row.sharpness >= SHARP);
    if (there.length === 0) continue;
    const layers = there.map((row) => row.layer).sort((one, other) => one - other);
    const where = `at ${layersText(layers)}`;
    const when = there[0]?.moment ?? revision;
    return n === 0
      ? `A border twice as steep as a straight line is there from ${when} on, ${where}.`
      : `A border twice as steep as a straight line first appears at ${when}, ${where}.`;
  }
  return "No border is twice as steep as a straight line.";
}

function count(rows: readonly Row[]): string {
  const sorted = [...rows].sort((one, other) => one.regions - other.regions);
  const [fewest, most] = [sorted[0] as Row, sorted.at(-1) as Row];
  if (fewest.regions === most.regions)
    return `Every slice has ${fewest.regions === 1 ? "one region" : `${fewest.regions} regions`}.`;
  const place = (row: Row): string => `layer ${row.layer}, ${row.moment}`;
  return `Most regions at ${place(most)}: ${most.regions}; fewest at ${place(fewest)}: ${fewest.regions}.`;
}

/** "layer 2", "layers 0 and 2", "layers 0 to 4". */
export function layersText(layers: readonly number[]): string {
  const [first, last] = [layers[0] ?? 0, layers.at(-1) ?? 0];
  if (layers.length < 2) return `layer ${first}`;
  if (last - first === layers.length - 1)
    return layers.length === 2 ? `layers ${first} and ${last}` : `layers ${first} to ${last}`;
  return `layers ${layers.slice(0, -1).join(", ")} and ${last}`;
}

const HEADER = [
  "layer",
  "revision",
  "step",
  "tokens",
  "sharpness",
  "width",
  "regions",
  "points_per_side",
  "key",
];

export interface Line extends Row {
  readonly step: number | null;
  readonly tokens: number | null;
  readonly width: number | null;
  readonly side: number;
  readonly key: string;
}

/** The numbers as CSV (RFC 4180), a line a cell. */
export function csvOf(lines: readonly Line[]): string {
  const text = (value: number | string | null): string => {
    const plain = value === null ? "" : String(value);
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const rows = lines.map((line) =>
    [
      line.layer,
      line.revision,
      line.step,
      line.tokens,
      line.sharpness,
      line.width,
      line.regions,
      line.side,
      line.key,
    ]
      .map(text)
      .join(","),
  );
  return `${[HEADER.join(","), ...rows].join("\n")}\n`;
}

/** Where a number lies on the sheet's own scale, 0…1: from `low` (1: a straight line, one region) to the largest shown. */
export function heatShare(value: number, most: number): number {
  return most > 1 ? Math.min(1, Math.max(0, (value - 1) / (most - 1))) : 0;
}
