/**
 * Regions as bands over checkpoints, as wide as their share of the window, splitting and merging. Each column is coloured as
 * the picture is at that checkpoint, in the region's middle.
 */
import { useMemo } from "preact/hooks";
import { colour as mixed, scales, similarity } from "../../../field/colour";
import { nameOf } from "../../../field/names";
import { at as probe } from "../../../field/probe";
import type { Part, Timeline } from "../../../field/timeline";
import { type Block, layout } from "../../../field/trackLayout";
import { view } from "../../../subject/state";
import { frames } from "../state/frames";
import { colour } from "../state/shown";
import Events, { EVENT_WORDS, EventIcon } from "./Events";
import { momentsOver, sideOf } from "./moments";
import { areaText } from "./words";

const HEIGHT = 260;
/** Half the width of a column. */
const HALF = 4;
/** Room that a name needs, in the column's height. */
const LEGIBLE = 15;

export function Tracks({ timeline, width }: { timeline: Timeline; width: number }) {
  const found = useMemo(() => layout(timeline), [timeline]);
  const moments = momentsOver(width);
  const x = (place: number): number =>
    moments.find((moment) => moment.revision === timeline.revisions[place])?.x ?? sideOf();
  const y = (share: number): number => share * HEIGHT;
  const fill = (part: Part): string => colourAt(timeline.revisions[part.frame] ?? "", part);
  const name = (part: Part): string => nameOf(timeline.tokens, part.token);
  const places = timeline.revisions.map((_, place) => place);
  return (
    <figure class="tracks">
      <figcaption>
        <b>regions</b>
        <span class="quiet"> · as wide as their share of the window, coloured as in the picture</span>
        <span class="quiet tracks-key">
          {(["split", "merge", "birth", "death"] as const).map((kind) => (
            <span key={kind}>
              <EventIcon kind={kind} /> {EVENT_WORDS[kind]}
            </span>
          ))}
        </span>
      </figcaption>
      <Events timeline={timeline} x={x} width={width} />
      <svg
        width={width}
        height={HEIGHT + 20}
        role="img"
        aria-label={`${found.order.length} tracks of regions over ${places.length} checkpoints; the table below tells what happens`}
      >
        <defs>
          {found.ribbons.map(({ from, to }, n) => (
            <linearGradient key={n} id={`ribbon-${n}`}>
              <stop offset="0" stop-color={fill(from.part)} />
              <stop offset="1" stop-color={fill(to.part)} />
            </linearGradient>
          ))}
        </defs>
        {found.ribbons.map(({ from, to, start, end }, n) => {
          const [left, right] = [x(from.part.frame) + HALF, x(to.part.frame) - HALF];
          const middle = (left + right) / 2;
          const path = `M${left},${y(start[0])}C${middle},${y(start[0])} ${middle},${y(end[0])} ${right},${y(end[0])}V${y(end[1])}C${middle},${y(end[1])} ${middle},${y(start[1])} ${left},${y(start[1])}Z`;
          return <path key={n} class="ribbon" d={path} fill={`url(#ribbon-${n})`} />;
        })}
        {found.columns.flat().map((block) => (
          <rect
            key={`${block.part.frame} ${block.part.region}`}
            class={`block${timeline.revisions[block.part.frame] === view.value.revision ? " here" : ""}`}
            x={x(block.part.frame) - HALF}
            y={y(block.top)}
            width={2 * HALF}
            height={Math.max(1, y(block.bottom) - y(block.top))}
            fill={fill(block.part)}
          >
            <title>{`${timeline.revisions[block.part.frame]}: ${name(block.part)}, ${areaText(block.part.area)}`}</title>
          </rect>
        ))}
        {labelled(found.columns, x).map((block) => (
          <text
            key={`${block.part.frame} ${block.part.region}`}
            class="band-name"
            x={x(block.part.frame) + HALF + 4}
            y={(y(block.top) + y(block.bottom)) / 2 + 4}
          >
            {name(block.part)}
          </text>
        ))}
        {ticks(moments).map((moment) => (
          <text
            key={moment.revision}
            class={`tick${moment.revision === view.value.revision ? " here" : ""}`}
            x={moment.x}
            y={HEIGHT + 16}
            text-anchor="middle"
          >
            {moment.revision}
          </text>
        ))}
      </svg>
    </figure>
  );
}

/** Blocks with a name: where a track begins or is called something new, and there is room. */
function labelled(columns: readonly (readonly Block[])[], x: (place: number) => number): Block[] {
  const found: Block[] = [];
  columns.forEach((column, place) => {
    const room = (columns.length > place + 1 ? x(place + 1) : x(place) + 60) - x(place);
    for (const block of column) {
      const before = columns[place - 1]?.find((one) => one.part.track === block.part.track);
      const tall = (block.bottom - block.top) * HEIGHT >= LEGIBLE;
      const last = found.findLast((one) => one.part.track === block.part.track);
      const free = !last || x(place) - x(last.part.frame) > 64;
      if (tall && room > 30 && free && before?.part.token !== block.part.token) found.push(block);
    }
  });
  return found;
}

/** Checkpoints that are named below: those that have room, the last first. */
function ticks<T extends { readonly x: number }>(moments: readonly T[]): T[] {
  const kept: T[] = [];
  for (const moment of [...moments].reverse())
    if (kept.every((other) => Math.abs(other.x - moment.x) > 64)) kept.push(moment);
  return kept;
}

/** The picture's colour in the middle of a region; grey where the picture is not there. */
function colourAt(revision: string, { centre }: Part): string {
  const slice = frames.value.get(revision)?.slice;
  const limits = slice && scales(colour.value.normalisation, slice, colour.value.sequenceMax);
  const cell = slice && limits ? probe(slice, centre[0], centre[1], limits) : null;
  if (!cell || !limits) return "var(--line-strong)";
  const [a, b, c] = ([0, 1, 2] as const).map((k) => similarity(cell.distance[k], limits[k])) as [
    number,
    number,
    number,
  ];
  return `rgb(${mixed(a, b, c, colour.value.palette).join(" ")})`;
}
