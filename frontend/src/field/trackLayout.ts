/**
 * A picture of how regions form: frames are columns, each filled from the top by its regions as high as their share of the
 * window, and ribbons lead from every region to those it becomes.
 *
 * Tracks keep one order throughout, so that ribbons seldom cross: a new track stands next to the one it comes from.
 */

import type { Part, Timeline } from "./timeline";

/** A region's place in its frame's column: from `top` to `bottom`, 0…1. */
export interface Block {
  readonly part: Part;
  readonly top: number;
  readonly bottom: number;
}

/** From a block's edge to a block's edge of the next frame. */
export interface Ribbon {
  readonly from: Block;
  readonly to: Block;
  readonly start: readonly [top: number, bottom: number];
  readonly end: readonly [top: number, bottom: number];
}

export interface Layout {
  /** Tracks from top to bottom. */
  readonly order: readonly number[];
  readonly columns: readonly (readonly Block[])[];
  readonly ribbons: readonly Ribbon[];
}

/** A share of a column is left free between regions. */
const GAP = 0.012;

export function layout(timeline: Timeline): Layout {
  const links = linksOf(timeline);
  const order = orderOf(timeline, links);
  const place = new Map(order.map((track, n) => [track, n]));
  const columns = timeline.parts.map((parts) => column(parts, place));
  return { order, columns, ribbons: ribbonsOf(columns, links) };
}

interface Link {
  /** The frame that it leads to. */
  readonly frame: number;
  readonly before: number;
  readonly after: number;
}

/** Which region becomes which: every pair of an event that has both, once. */
function linksOf({ events }: Timeline): Link[] {
  const found = new Map<string, Link>();
  for (const { frame, before, after } of events) {
    for (const one of before) {
      for (const other of after) found.set(`${frame} ${one} ${other}`, { frame, before: one, after: other });
    }
  }
  return [...found.values()];
}

function orderOf({ parts }: Timeline, links: readonly Link[]): number[] {
  const order: number[] = [];
  parts.forEach((row, frame) => {
    const fresh = row.filter((part) => !order.includes(part.track)).sort((p, q) => p.region - q.region);
    for (const part of fresh) {
      const parents = links
        .filter((link) => link.frame === frame && link.after === part.region)
        .map((link) => parts[frame - 1]?.[link.before])
        .filter((parent) => parent !== undefined)
        .sort((p, q) => q.area - p.area);
      const at = parents[0] ? order.indexOf(parents[0].track) : -1;
      if (at >= 0) order.splice(at + 1, 0, part.track);
      else order.push(part.track);
    }
  });
  return order;
}

function column(parts: readonly Part[], place: ReadonlyMap<number, number>): Block[] {
  const sorted = [...parts].sort((p, q) => (place.get(p.track) ?? 0) - (place.get(q.track) ?? 0));
  const room = 1 - GAP * Math.max(0, sorted.length - 1);
  let top = 0;
  return sorted.map((part) => {
    const bottom = top + part.area * room;
    const block = { part, top, bottom };
    top = bottom + GAP;
    return block;
  });
}

/** A block that becomes several is divided among them by their areas, and so is one that several become. */
function ribbonsOf(columns: readonly (readonly Block[])[], links: readonly Link[]): Ribbon[] {
  const blockOf = (frame: number, region: number): Block | undefined =>
    columns[frame]?.find((block) => block.part.region === region);
  const pairs = links.flatMap((link) => {
    const [from, to] = [blockOf(link.frame - 1, link.before), blockOf(link.frame, link.after)];
    return from && to ? [{ from, to }] : [];
  });
  const share = (own: Block, others: readonly Block[], one: Block): readonly [number, number] => {
    const total = others.reduce((sum, other) => sum + other.part.area, 0) || 1;
    let top = own.top;
    for (const other of others) {
      const bottom = top + ((own.bottom - own.top) * other.part.area) / total;
      if (other === one) return [top, bottom];
      top = bottom;
    }
    return [own.top, own.bottom];
  };
  const byPlace = (p: Block, q: Block): number => p.top - q.top;
  return pairs.map(({ from, to }) => {
    const children = pairs.filter((pair) => pair.from === from).map((pair) => pair.to);
    const parents = pairs.filter((pair) => pair.to === to).map((pair) => pair.from);
    return {
      from,
      to,
      start: share(from, children.sort(byPlace), to),
      end: share(to, parents.sort(byPlace), from),
    };
  });
}
