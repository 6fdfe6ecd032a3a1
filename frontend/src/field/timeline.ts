/** Regions over training: the answer of the analysis `timeline`, and what happened, in words. */

import { isObject, type Json, type ResultFile } from "../api/decode";
import { floats, ints, tokensOf } from "./arrays";
import { nameOf } from "./names";

export type EventKind = "birth" | "death" | "split" | "merge" | "continue";

/** What happened to regions on the way to a frame: their numbers in the frame before, and in this one. */
export interface Event {
  readonly frame: number;
  readonly kind: EventKind;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A region of one frame. */
export interface Part {
  readonly frame: number;
  readonly region: number;
  readonly track: number;
  readonly token: number;
  readonly area: number;
  readonly spread: number;
  readonly centre: readonly [alpha: number, beta: number];
}

export const MARKS = ["within", "between", "count"] as const;
export type MarkName = (typeof MARKS)[number];

export interface Mark {
  readonly frame: number;
  readonly change: number;
}

export interface Timeline {
  /** Revisions in the order of frames. */
  readonly revisions: readonly string[];
  readonly count: readonly number[];
  readonly within: readonly number[];
  readonly between: readonly number[];
  readonly overall: readonly number[];
  /** Share of the window whose name differs from the frame before. */
  readonly change: readonly number[];
  /** By frame, its counted regions by number. */
  readonly parts: readonly (readonly Part[])[];
  readonly events: readonly Event[];
  readonly marks: Readonly<Partial<Record<MarkName, Mark>>>;
  readonly tokens: ReadonlyMap<number, string>;
  /** Checkpoints that could not be had. */
  readonly skipped: readonly string[];
}

const KINDS: readonly string[] = ["birth", "death", "split", "merge", "continue"];

export function timelineOf(file: ResultFile): Timeline {
  const frames = list(file.metadata["frames"]);
  const revisions = frames.map((row) => String(row["revision"]));
  const count = Array.from(ints(file, "count", frames.length));
  const [frame, region, track, token] = ["frame", "region", "track", "token"].map((name) => ints(file, name));
  const [area, spread, centre] = ["area", "spread", "centre"].map((name) => floats(file, name));
  const parts: Part[][] = frames.map(() => []);
  frame?.forEach((place, row) => {
    parts[place]?.push({
      frame: place,
      region: region?.[row] ?? 0,
      track: track?.[row] ?? 0,
      token: token?.[row] ?? -1,
      area: area?.[row] ?? 0,
      spread: spread?.[row] ?? Number.NaN,
      centre: [centre?.[2 * row] ?? 0, centre?.[2 * row + 1] ?? 0],
    });
  });
  const marked = file.metadata["marks"];
  const marks: Partial<Record<MarkName, Mark>> = {};
  for (const name of MARKS) {
    const row = isObject(marked) ? marked[name] : null;
    if (isObject(row)) marks[name] = { frame: Number(row["frame"]), change: Number(row["change"]) };
  }
  return {
    revisions,
    count,
    within: Array.from(floats(file, "within")),
    between: Array.from(floats(file, "between")),
    overall: Array.from(floats(file, "overall")),
    change: Array.from(floats(file, "change")),
    parts,
    events: list(file.metadata["events"])
      .filter((row) => KINDS.includes(String(row["kind"])))
      .map((row) => ({
        frame: Number(row["frame"]),
        kind: row["kind"] as EventKind,
        before: numbers(row["before"]),
        after: numbers(row["after"]),
      })),
    marks,
    tokens: tokensOf(file),
    skipped: list(file.metadata["skipped"]).map((row) => String(row["revision"])),
  };
}

/** Births, deaths, splits and merges: what continues is no event to a reader. */
export function happened({ events }: Timeline): Event[] {
  return events.filter(({ kind }) => kind !== "continue");
}

/** An event in words: “splits into Paris (41 %) and Tokyo (22 %)”. */
export function eventText(timeline: Timeline, event: Event): string {
  const before = event.before.map((n) => named(timeline, event.frame - 1, n));
  const after = event.after.map((n) => named(timeline, event.frame, n));
  switch (event.kind) {
    case "split":
      return `${listed(before)} splits into ${listed(after)}`;
    case "merge":
      return `${listed(before)} merge into ${listed(after)}`;
    case "birth":
      return `${listed(after)} appears`;
    case "death":
      return `${listed(before)} disappears`;
    case "continue":
      return `${listed(before)} goes on as ${listed(after)}`;
  }
}

const MARK_WORDS: Readonly<Record<MarkName, (change: number) => string>> = {
  within: (change) => `spread within regions falls most here, by ${Math.abs(change).toPrecision(2)}`,
  between: (change) => `borders sharpen most here, by ${change.toPrecision(2)}`,
  count: (change) =>
    `most regions ${change > 0 ? "appear" : "go"} here: ${change > 0 ? "+" : "−"}${Math.abs(change)}`,
};

export function markText(name: MarkName, { change }: Mark): string {
  return MARK_WORDS[name](change);
}

/** The two phenomena of training, first frame against last, in a sentence with numbers. */
export function phenomena({ within, overall, between, count, revisions }: Timeline): string {
  const [first, last] = [0, revisions.length - 1];
  if (last < 1) return "";
  const from = (values: readonly number[]): [number, number] => [
    values[first] ?? Number.NaN,
    values[last] ?? Number.NaN,
  ];
  const [w, o, b, c] = [from(within), from(overall), from(between), from(count)];
  const figure = (value: number): string => (Number.isFinite(value) ? value.toPrecision(2) : "none");
  const share = (n: 0 | 1): string => (o[n] > 0 ? `${Math.round((100 * w[n]) / o[n])} %` : "none");
  return `From ${revisions[first]} to ${revisions[last]}: ${c[0]} → ${c[1]} regions, spread within them ${share(0)} → ${share(1)} of all spread, sharpness between them ${figure(b[0])} → ${figure(b[1])}.`;
}

function named(timeline: Timeline, frame: number, region: number): string {
  const part = timeline.parts[frame]?.[region];
  if (!part) return `region ${region + 1}`;
  const percent = part.area < 0.01 ? "under 1 %" : `${Math.round(100 * part.area)} %`;
  return `${nameOf(timeline.tokens, part.token)} (${percent})`;
}

function listed(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "");
}

function list(value: Json | undefined): readonly { readonly [name: string]: Json }[] {
  return Array.isArray(value) ? value.filter((row): row is { [name: string]: Json } => isObject(row)) : [];
}

function numbers(value: Json | undefined): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
