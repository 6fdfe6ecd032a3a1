/** The rooms as tabs. Each is a link, so that it can be opened beside the one that is open. */
import { useEffect, useRef } from "preact/hooks";
import { hashTo, isIn, room, rooms } from "./address";

export function Tabs() {
  const strip = useRef<HTMLElement>(null);
  const name = room.value?.name;
  // On a phone the strip scrolls: the tab of the open room is in sight, with a part of the one before it.
  useEffect(() => {
    const open = strip.current?.querySelector<HTMLElement>("[aria-current]");
    if (strip.current && open)
      strip.current.scrollLeft = open.offsetLeft - strip.current.offsetLeft - open.offsetWidth / 2;
  }, [name]);
  if (rooms.value.length < 2) return null;
  return (
    <nav ref={strip} class="tabs" aria-label="Rooms">
      {rooms.value.map(({ name, text, about }) => (
        <a key={name} href={`#${hashTo(name)}`} title={about} aria-current={isIn(name) ? "page" : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
