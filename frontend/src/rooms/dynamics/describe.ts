/** The diagram in sentences: which share of the values moves how, where the first chaos is, and what holds under the line. */

import { computed } from "@preact/signals";
import { layers } from "./layout";
import { dynamics, shows } from "./link";
import { verdict } from "./words";
import type { Column } from "./work/messages";

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const short = (beta: number, span: number): string =>
  beta.toFixed(Math.max(2, Math.ceil(2 - Math.log10(span))));

/** Regimes by how many of the columns they hold, the commonest first. */
export function shares(columns: readonly Column[]): [name: string, share: number][] {
  const counts = new Map<string, number>();
  for (const { regime } of columns) counts.set(regime, (counts.get(regime) ?? 0) + 1);
  return [...counts]
    .map(([name, count]): [string, number] => [name, count / columns.length])
    .sort((a, b) => b[1] - a[1]);
}

/** The diagram, whatever the hair-line shows. */
const window = computed(() => {
  const { from, to } = shows.value;
  const columns = layers.value[0] ?? [];
  if (columns.length === 0) return "The diagram is being computed.";
  const span = to - from;
  const list = shares(columns).map(([name, share]) => `${name} ${percent(share)}`);
  const chaotic = columns.find(({ regime }) => regime === "chaos" || regime === "hyperchaos");
  const onset = chaotic ? `Chaos is first seen at β = ${short(chaotic.beta, span)}.` : "No chaos is seen.";
  return `Of ${columns.length} values of β from ${short(from, span)} to ${short(to, span)}: ${list.join(", ")}. ${onset}`;
});

export function describeDiagram(): string {
  const { from, to, beta } = dynamics.value;
  return `${window.value} At β = ${short(beta, (to - from) / 10)}: ${verdict.value}.`;
}
