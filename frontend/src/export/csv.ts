/** A slice as a tidy table: one row a point, β then α rising; distances in the unit of the request's distance. */

import { nearest } from "../field/names";
import { ANCHORS, type Slice } from "../field/slice";

const HEADER = [
  "alpha",
  "beta",
  "distance_a",
  "distance_b",
  "distance_c",
  "top_token_a",
  "top_token_b",
  "top_token_c",
  "name",
  "computed",
];

/** The CSV text, quoted as in RFC 4180. `top_token_…` is the likeliest next token in that context; `name` is the nearest context's. */
export function csv(slice: Slice): string {
  const cells = slice.nx * slice.ny;
  const rows = [HEADER.join(",")];
  for (let n = 0; n < cells; n++) {
    const tokens = ANCHORS.map((k) => {
      const id = slice.topToken[k * cells + n] as number;
      return slice.tokens.get(id) ?? `#${id}`;
    });
    rows.push(
      [
        number(slice.alpha[n % slice.nx]),
        number(slice.beta[Math.floor(n / slice.nx)]),
        ...ANCHORS.map((k) => number(slice.distance[k * cells + n])),
        ...tokens.map(quoted),
        quoted(tokens[nearest(slice, n)] ?? ""),
        slice.computed[n] ?? 0,
      ].join(","),
    );
  }
  return `${rows.join("\n")}\n`;
}

/** Shortest text that reads back as the same float32. */
export function number(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "";
  for (let digits = 7; digits <= 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(value);
}

export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
