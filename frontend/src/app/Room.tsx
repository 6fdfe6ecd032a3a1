/** The room that is open. One that is not loaded yet is fetched, and says so; one with nothing to show says why. */
import type { Problem } from "../api/types";
import { room } from "../shell/address";
import { Everywhere, Frame } from "../shell/Frame";
import { loaded, lostRooms } from "./entering";

export function OpenRoom() {
  const open = room.value;
  if (!open) return null;
  const problem = open.closed?.();
  if (problem) return <Closed problem={problem} />;
  const Page = loaded.value.get(open.name)?.default;
  if (Page) return <Page />;
  if (lostRooms.value.has(open.name)) return <Lost />;
  return (
    <main class="opening">
      <p class="quiet" role="status">
        opening …
      </p>
    </main>
  );
}

/** A room with nothing to show: why, and what to do about it; the way to the others stays. */
function Closed({ problem }: { problem: Problem }) {
  return (
    <>
      <Frame>
        <div class="bar-actions">
          <Everywhere />
        </div>
      </Frame>
      <main class="opening">
        <section role="status">
          <h2>{problem.title}</h2>
          <p>{problem.detail}</p>
          <p class="quiet">{problem.next}</p>
        </section>
      </main>
    </>
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
