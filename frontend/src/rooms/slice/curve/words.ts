/** Curves in words, for the eye beside a chart and for those who listen. */
import { type Along, nameAt, valueAt } from "../../../field/along";
import { controlsSentence } from "../../../field/controls";
import { type Line, lineName } from "../../../field/line";
import { shown } from "../../../field/names";

/** “sharpness 2.8 · width 0.43 · at 0.47” */
export function numbersOf(along: Along): string {
  if (along.sharpness === null) return along.why ? "nothing moves" : "no curve";
  return [
    `sharpness ${along.sharpness.toFixed(1)}`,
    along.width === null ? "" : `width ${along.width.toFixed(2)}`,
    along.position === null ? "" : `at ${along.position.toFixed(2)}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** In whose run it was read; said where names are, which are that run's. */
export function contextOf(along: Along): string {
  return along.names.length > 0 && along.context ? `in ${along.context}’s run` : "";
}

/** “0.46 of the way: 62 %, Tokyo” */
export function spotText(along: Along, share: number): string {
  const value = valueAt(along.curve, share);
  const name = nameAt(along, share);
  const parts = [
    share.toFixed(2),
    Number.isFinite(value) ? `${Math.round(100 * value)} %` : "",
    name === null ? "" : shown(name),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** The chart as a sentence. */
export function sentenceOf(line: Line, along: Along | null): string {
  const what = `Distance of the output from that at the beginning, relative to the end, along ${lineName(line).replace("→", "to")}.`;
  if (!along) return `${what} It is on its way.`;
  if (along.sharpness === null) return `${what} ${along.why ?? "There is no curve."}`;
  const names = along.names.map(({ token }) => `“${shown(token)}”`);
  const way = names.length > 0 ? ` Names on the way: ${names.join(", ")}.` : "";
  const beside = along.controls.length > 0 ? ` ${controlsSentence(along.controls)}` : "";
  const where = along.position === null ? "" : `, steepest at ${along.position.toFixed(2)} of the way`;
  return `${what} Sharpness ${along.sharpness.toFixed(1)} (a straight line has 1)${where}, width ${(along.width ?? 0).toFixed(2)}.${beside}${way}`;
}
