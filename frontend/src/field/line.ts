/**
 * Straight lines on the plane: an edge of the triangle A, B, C, or a line between any two points.
 *
 * An end that is an anchor is kept by its letter: C moves over the plane as training goes on, and its end with it.
 */
import type { Slice, Triple } from "./slice";
import { ANCHORS, LETTERS } from "./slice";
import { type Frame, toPixel } from "./view";

export type Letter = "A" | "B" | "C";
/** (α, β) */
export type Place = readonly [number, number];
export type End = Letter | Place;
export type Line = readonly [End, End];

/** The edges, in the order in which one steps through them. */
export const EDGES: Triple<readonly [Letter, Letter]> = [
  ["A", "B"],
  ["B", "C"],
  ["C", "A"],
];

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** How many numbers from −100 to 100 a link may hold here. */
const FARTHEST = 100;

/** A line as it stands in a link: `AB`, `0.1,0.2,0.8,0.3`, `A,0.8,0.3`. */
export function lineText([from, to]: Line): string {
  if (isLetter(from) && isLetter(to)) return from + to;
  return [from, to]
    .map((end) => (isLetter(end) ? end : end.map((x) => Number(x.toPrecision(8))).join()))
    .join();
}

/** The line that a link names, or null where the text is none. */
export function lineFrom(text: string): Line | null {
  const parts = /^[ABC]{2}$/.test(text) ? [...text] : text.split(",");
  const ends: End[] = [];
  while (parts.length > 0) {
    const [first = "", second = ""] = parts;
    if (isLetter(first)) {
      ends.push(first);
      parts.shift();
    } else {
      const place = [first, second].map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
      if (!place.every((x) => Number.isFinite(x) && Math.abs(x) <= FARTHEST)) return null;
      ends.push(place as unknown as Place);
      parts.splice(0, 2);
    }
  }
  const [from, to] = ends;
  return ends.length === 2 && from && to && !sameEnd(from, to) ? [from, to] : null;
}

export function isLetter(end: unknown): end is Letter {
  return end === "A" || end === "B" || end === "C";
}

/** The letters of a line that joins two anchors, in its own direction; else null. */
export function edgeOf(line: Line): readonly [Letter, Letter] | null {
  const [from, to] = line;
  return isLetter(from) && isLetter(to) ? [from, to] : null;
}

export function sameEnd(one: End, other: End): boolean {
  if (isLetter(one) || isLetter(other)) return one === other;
  return one[0] === other[0] && one[1] === other[1];
}

export function sameLine(one: Line, other: Line): boolean {
  return sameEnd(one[0], other[0]) && sameEnd(one[1], other[1]);
}

/** What an end is called: an anchor's letter, or P and Q for the two ends of a drawn line. */
export function endName(line: Line, end: 0 | 1): string {
  const at = line[end];
  return isLetter(at) ? at : "PQ".charAt(end);
}

/** “A → B” */
export function lineName(line: Line): string {
  return `${endName(line, 0)} → ${endName(line, 1)}`;
}

export function placeOf(end: End, anchors: Slice["anchors"]): Place {
  return isLetter(end) ? anchors["ABC".indexOf(end) as 0 | 1 | 2] : end;
}

/** Both ends on the page. */
export function pixelsOf(line: Line, anchors: Slice["anchors"], frame: Frame): readonly [Pixel, Pixel] {
  const [from, to] = line.map((end) => toPixel(frame, ...placeOf(end, anchors)));
  return [from as Pixel, to as Pixel];
}

/** The nearest point of a segment: its share of the way, and how far it is, in pixels. */
export function nearestOn([p, q]: readonly [Pixel, Pixel], at: Pixel): { share: number; distance: number } {
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.min(1, Math.max(0, ((at.x - p.x) * dx + (at.y - p.y) * dy) / length)) : 0;
  return { share, distance: Math.hypot(p.x + share * dx - at.x, p.y + share * dy - at.y) };
}

/** The edge under a pixel, if one is near; never right at an anchor, where two edges meet. */
export function edgeAt(
  at: Pixel,
  anchors: Slice["anchors"],
  frame: Frame,
  reach: number,
  around: number,
): readonly [Letter, Letter] | null {
  if (anchorAt(at, anchors, frame, around)) return null;
  let best: readonly [Letter, Letter] | null = null;
  let least = reach;
  for (const edge of EDGES) {
    const { distance } = nearestOn(pixelsOf(edge, anchors, frame), at);
    if (distance < least) [best, least] = [edge, distance];
  }
  return best;
}

/** The anchor under a pixel, if one is near. */
export function anchorAt(at: Pixel, anchors: Slice["anchors"], frame: Frame, around: number): Letter | null {
  for (const k of ANCHORS) {
    const own = toPixel(frame, ...anchors[k]);
    if (Math.hypot(own.x - at.x, own.y - at.y) <= around) return LETTERS[k] as Letter;
  }
  return null;
}
