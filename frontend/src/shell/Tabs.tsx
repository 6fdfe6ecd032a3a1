/** The rooms as tabs. Each is a link, so that it can be opened beside the one that is open. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { hashTo, isIn, rooms } from "./address";

/** Where the strip is narrower than its tabs, the open one is brought to its middle. */
function showOpen(strip: HTMLElement): void {
  const open = strip.querySelector<HTMLElement>("[aria-current]");
  if (!open) return;
  const [frame, tab] = [strip.getBoundingClientRect(), open.getBoundingClientRect()];
  strip.scrollLeft += tab.left + tab.width / 2 - frame.left - frame.width / 2;
}

export function Tabs() {
  const strip = useRef<HTMLElement>(null);
  const here = rooms.value.find(({ name }) => isIn(name))?.name;
  useLayoutEffect(() => {
    if (strip.current) showOpen(strip.current);
  }, [here]);
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
