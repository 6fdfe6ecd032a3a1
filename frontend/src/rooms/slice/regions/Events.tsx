/** What happened to regions, as one mark for each checkpoint at which something did; in words when looked at. */
import { type Event, type EventKind, eventText, happened, type Timeline } from "../../../field/timeline";
import { change } from "../../../subject/state";
import { spaced } from "../../../subject/time/steps";
import { pause } from "../state/play";
import "./events.css";

/** Of several kinds the first is drawn. */
const ORDER: readonly EventKind[] = ["split", "merge", "birth", "death"];
/** Marks keep this apart, CSS pixels; where they cannot, the checkpoint with more events has its mark. */
const ROOM = 16;
/** Width of what is said of a mark, CSS pixels. */
const WORDS = 248;
/** So many events of a checkpoint are told; the rest are counted. */
const TOLD = 5;

const PATHS: Readonly<Record<EventKind, string>> = {
  split: "M8 14V8L3 2M8 8l5-6",
  merge: "M8 2v6l-5 6M8 8l5 6",
  birth: "M8 3v10M3 8h10",
  death: "M3 8h10",
  continue: "",
};

export const EVENT_WORDS: Readonly<Record<EventKind, string>> = {
  split: "split",
  merge: "merge",
  birth: "birth",
  death: "death",
  continue: "goes on",
};

export function EventIcon({ kind }: { kind: EventKind }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[kind]} />
    </svg>
  );
}

interface Props {
  readonly timeline: Timeline;
  /** Where the frame at a place of the timeline is, CSS pixels. */
  readonly x: (place: number) => number;
  readonly width: number;
}

export default function Events({ timeline, x, width }: Props) {
  const events = happened(timeline);
  const all = [...new Set(events.map((event) => event.frame))].sort((p, q) => p - q);
  const most = [...all.keys()].sort((p, q) => many(events, all[q]) - many(events, all[p]));
  const places = all.filter((_, n) => spaced(all.map(x), ROOM, most).has(n));
  return (
    <div class="event-row" role="group" aria-label="Births, splits, merges and deaths of regions">
      {places.map((place) => {
        const here = events.filter((event) => event.frame === place);
        const kind = ORDER.find((one) => here.some((event) => event.kind === one)) ?? "split";
        const words = here.slice(0, TOLD).map((event) => eventText(timeline, event));
        if (here.length > TOLD) words.push(`and ${here.length - TOLD} more`);
        const revision = timeline.revisions[place] ?? "";
        return (
          <span key={place}>
            <button
              type="button"
              class="event-mark"
              style={{ left: `${x(place)}px` }}
              aria-label={`${revision}: ${words.join("; ")}`}
              onClick={() => goTo(revision)}
            >
              <EventIcon kind={kind} />
            </button>
            <span class="event-words" style={{ left: `${beside(x(place), width)}px` }} aria-hidden="true">
              <b>{revision}</b>
              {words.map((line) => (
                <span key={line}>{line}</span>
              ))}
            </span>
          </span>
        );
      })}
    </div>
  );
}

function many(events: readonly Event[], place: number | undefined): number {
  return events.filter((event) => event.frame === place).length;
}

/** Left edge of what is said: under its mark, but within the row. */
function beside(x: number, width: number): number {
  return Math.max(0, Math.min(width - WORDS, x - WORDS / 2));
}

/** Goes to the checkpoint at which something happened. */
export function goTo(revision: string): void {
  pause();
  change({ revision }, "drift");
}
