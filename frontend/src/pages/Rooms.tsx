/** The room that the view names. A room that is not loaded yet is fetched, and says so. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { view } from "../state/store";
import { DOORS } from "./rooms";
import { SlicePage } from "./slice/SlicePage";

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
  return (
    <main class="opening">
      <p class="quiet" role="status">
        {lost ? "This room could not be fetched; reload the page." : "opening …"}
      </p>
    </main>
  );
}
