/** How far it is, as it is watched; of a download which file of which checkpoint, and how fast. */
import type { ProgressEvent } from "../api/types";

export interface Coming {
  readonly revision: string;
  /** The file that moved last. */
  readonly file: string;
  /** Files that are whole, and all of them. */
  readonly whole: number;
  readonly files: number;
  readonly bytesPerSecond: number | null;
}

export interface Progress extends Pick<ProgressEvent, "stage" | "done" | "total" | "unit"> {
  /** Of the work that is done, 0…1. */
  readonly share: number;
  readonly secondsLeft: number | null;
  /** What is being downloaded; then `done` and `total` are bytes. */
  readonly coming: Coming | null;
}

/** Speed is that of the last moments, seconds. */
const MOMENT = 8;

/** Speed from what is there at which time. */
export class Meter {
  private readonly seen: { at: number; done: number }[] = [];
  private what = "";

  /** Bytes a second, once two looks tell; `at` in seconds. Another thing to watch begins anew. */
  rate(what: string, done: number, at: number): number | null {
    if (what !== this.what) this.seen.length = 0;
    this.what = what;
    this.seen.push({ at, done });
    while (this.seen.length > 2 && at - (this.seen[0]?.at ?? at) > MOMENT) this.seen.shift();
    const first = this.seen[0];
    return first && at > first.at ? Math.max(0, (done - first.done) / (at - first.at)) : null;
  }
}

const NOTE = /^(\S+): (\d+) of (\d+) files, (.*)$/;

/** What a progress event says of a download; null where it says nothing of one. */
export function comingOf(event: ProgressEvent, meter: Meter, at: number): Coming | null {
  if (event.unit !== "bytes") return null;
  const [, revision = "", whole = "0", files = "0", file = ""] = NOTE.exec(event.note) ?? [];
  const bytesPerSecond = meter.rate(revision, event.done, at);
  return { revision, file, whole: Number(whole), files: Number(files), bytesPerSecond };
}

/** What an event says of how far it is. */
export function progressOf(event: ProgressEvent, meter: Meter): Progress {
  const { stage, done, total, unit, seconds_left } = event;
  const coming = comingOf(event, meter, performance.now() / 1000);
  return { stage, done, total, unit, share: total > 0 ? done / total : 0, secondsLeft: seconds_left, coming };
}
