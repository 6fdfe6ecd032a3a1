/** All that happened, checkpoint by checkpoint; each row leads there. */
import { eventText, happened, type Timeline } from "../../../field/timeline";
import { view } from "../../../subject/state";
import { EVENT_WORDS, EventIcon, goTo } from "./Events";

export function EventTable({ timeline }: { timeline: Timeline }) {
  const events = happened(timeline);
  if (events.length === 0) return <p class="quiet">No region is born, splits, merges or goes.</p>;
  return (
    <table class="event-table">
      <caption class="unseen">Births, splits, merges and deaths of regions</caption>
      <thead>
        <tr>
          <th scope="col">checkpoint</th>
          <th scope="col">what</th>
          <th scope="col">how</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event, n) => {
          const revision = timeline.revisions[event.frame] ?? "";
          return (
            <tr key={n} class={revision === view.value.revision ? "lit" : ""}>
              <td>
                <button type="button" class="bare event-go" onClick={() => goTo(revision)}>
                  {revision}
                </button>
              </td>
              <td class="event-kind">
                <EventIcon kind={event.kind} /> {EVENT_WORDS[event.kind]}
              </td>
              <td>{eventText(timeline, event)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
