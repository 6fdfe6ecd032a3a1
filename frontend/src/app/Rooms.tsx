/** The room that the view names. A room that is not loaded yet is fetched, and says so. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { SlicePage } from "../rooms/slice/SlicePage";
import { view } from "../shell/store";
import { Frame } from "../subject/Questions";
import { DOORS } from "./rooms";

export function Rooms() {
  const { room } = view.value;
  const [loaded, setLoaded] = useState<ReadonlyMap<string, ComponentType>>(new Map());
  const [lost, setLost] = useState(false);
  const load = DOORS.find((door) => door.room === room)?.load;

  useEffect(() => {
    if (!load || loaded.has(room)) return;
    setLost(false);
    load().then(
      (module) => setLoaded((known) => new Map(known).set(room, module.default)),
      () => setLost(true),
    );
  }, [room, load, loaded]);

  if (!load) return <SlicePage />;
  const Page = loaded.get(room);
  if (Page) return <Page />;
  if (lost) return <Lost />;
  return (
    <main class="opening">
      <p class="quiet" role="status">
        opening …
      </p>
    </main>
  );
}

/** A room that cannot be fetched: the way to the others stays, and a reload keeps the view. */
function Lost() {
  return (
    <>
      <Frame>{null}</Frame>
      <main class="opening">
        <p role="alert">This room could not be fetched. Is the server running?</p>
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </main>
    </>
  );
}
