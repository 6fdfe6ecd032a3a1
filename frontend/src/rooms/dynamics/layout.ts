/** The diagram's and the strip's place in their boxes: one left edge, so that their β are below one another. */

import { computed } from "@preact/signals";
import { type Axes, aired, type Box } from "./draw/axes";
import { type Density, reach } from "./draw/density";
import { exponentRange } from "./draw/plots";
import { shows } from "./link";
import { changes, within } from "./measured";
import type { Column } from "./work/messages";

export const LEFT = 52;
const RIGHT = 20;
const TOP = 20;
/** How near the plane m = 0 a step lies that the slab shows; the paper's. */
export const SLAB = 1e-3;

export const boxOf = (width: number, height: number, below: number): Box => ({
  left: LEFT,
  top: TOP,
  width: Math.max(10, width - LEFT - RIGHT),
  height: Math.max(10, height - TOP - below),
});

const stars = computed(() => {
  void changes.value;
  const { from, to } = shows.value;
  return within(from, to, "star");
});
const ups = computed(() => {
  void changes.value;
  return within(shows.value.from, shows.value.to, "up");
});
const downs = computed(() => {
  void changes.value;
  return within(shows.value.from, shows.value.to, "down");
});

/** What is drawn: the columns of the star, or those of the two sweeps. */
export const layers = computed<readonly (readonly Column[])[]>(() =>
  shows.value.sweep === "both" ? [ups.value, downs.value] : [stars.value],
);

/** Which steps are drawn. */
export const keeps = computed<Density["keeps"]>(() => {
  const { section, context, features, feature } = shows.value;
  if (section === "clock") return (column, step) => (column.position + step) % context === 0;
  if (section === "slab") {
    const other = feature % features;
    return (column, step) => Math.abs(column.output[step * features + other] as number) <= SLAB;
  }
  return () => true;
});

const range = computed(() => {
  const { feature, features } = shows.value;
  const how = { feature, features, keeps: keeps.value };
  const found = layers.value.filter((columns) => columns.length > 0).map((columns) => reach(columns, how));
  if (found.length === 0) return [-1, 1] as const;
  return aired([Math.min(...found.map(([low]) => low)), Math.max(...found.map(([, high]) => high))]);
});

export const diagramAxes = (box: Box): Axes => ({
  box,
  across: [shows.value.from, shows.value.to],
  up: range.value,
});

export const exponentAxes = (box: Box): Axes => ({
  box,
  across: [shows.value.from, shows.value.to],
  up: exponentRange(layers.value[0] ?? []),
});
