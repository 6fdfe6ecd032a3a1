/** The rooms as tabs. Each is a link, so that it can be opened beside the one that is open. */
import { hashTo, isIn, rooms } from "./address";

export function Tabs() {
  if (rooms.value.length < 2) return null;
  return (
    <nav class="tabs" aria-label="Rooms">
      {rooms.value.map(({ name, text, about }) => (
        <a key={name} href={`#${hashTo(name)}`} title={about} aria-current={isIn(name) ? "page" : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
