/** Curves as tidy tables: one row a point, columns named as in Python. */
import type { Along } from "../field/along";
import type { Inside } from "../field/inside";
import { number, quoted } from "./csv";

/** What tells curves of one table apart: a checkpoint and its step, or a write layer. */
export interface Labelled {
  readonly along: Along;
  readonly labels: Readonly<Record<string, string | number>>;
}

export function curvesCsv(all: readonly Labelled[]): string {
  const labels = Object.keys(all[0]?.labels ?? {});
  const placed = all.some(({ along }) => along.coordinates.length > 0);
  const named = all.some(({ along }) => along.tokens.length > 0);
  const header = [
    ...labels,
    "alpha",
    "curve",
    ...(placed ? ["coordinates_alpha", "coordinates_beta"] : []),
    ...(named ? ["top_token"] : []),
  ];
  const rows = all.flatMap(({ along, labels: own }) =>
    Array.from(along.curve, (value, i) =>
      [
        ...labels.map((name) => quoted(String(own[name] ?? ""))),
        share(along, i),
        number(value),
        ...(placed ? [number(along.coordinates[2 * i]), number(along.coordinates[2 * i + 1])] : []),
        ...(named ? [quoted(along.tokens[i] ?? "")] : []),
      ].join(","),
    ),
  );
  return `${[header.join(","), ...rows].join("\n")}\n`;
}

/** A curve with what is inside: sign flips are those from the step before to this one, and none at the first. */
export function insideCsv({ along, blocks, flips, gradient, together, apart }: Inside): string {
  const header = [
    "alpha",
    "curve",
    "top_token",
    ...along.controls.map(({ name }) => `${name.replaceAll(" ", "_")}_curve`),
    "gradient",
    "compression_all_attention",
    "compression_all_mlp",
    ...blocks.map((block) => `flips_${block}`),
    ...blocks.map((block) => `compression_attention_${block}`),
    ...blocks.map((block) => `compression_mlp_${block}`),
  ];
  const rows = Array.from(along.curve, (value, i) =>
    [
      share(along, i),
      number(value),
      quoted(along.tokens[i] ?? ""),
      ...along.controls.map((control) => number(control.curve[i])),
      number(gradient[i]),
      number(together[0][i]),
      number(together[1][i]),
      ...flips.map((row) => (i === 0 ? "" : String(row[i - 1] ?? ""))),
      ...apart[0].map((row) => number(row[i])),
      ...apart[1].map((row) => number(row[i])),
    ].join(","),
  );
  return `${[header.join(","), ...rows].join("\n")}\n`;
}

/** The share of the way as the server has it: in single precision. */
function share({ curve }: Along, i: number): string {
  return number(Math.fround(i / Math.max(1, curve.length - 1)));
}
