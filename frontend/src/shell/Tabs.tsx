/** The rooms as tabs. Each is a link, so that it can be opened beside the one that is open. */
import { DOORS } from "../app/rooms";
import { hashOf } from "./link";
import { view } from "./store";

export function Tabs() {
  if (DOORS.length < 2) return null;
  return (
    <nav class="tabs" aria-label="Rooms">
      {DOORS.map(({ room, text, title }) => (
        <a
          key={room}
          href={`#${hashOf({ ...view.value, room })}`}
          title={title}
          aria-current={view.value.room === room ? "page" : undefined}
        >
          {text}
        </a>
      ))}
    </nav>
  );
}
