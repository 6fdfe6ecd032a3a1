/** What stands over a picture that is not there, or not there yet. */
import type { Asked } from "../../asking/several";
import { several } from "./fields";

export function Standing({ asked, empty }: { asked: Asked | undefined; empty: boolean }) {
  const standing = asked?.standing ?? "waiting";
  if (standing === "refused") return <Refusal asked={asked} />;
  const words = wordsOf(standing, asked?.part ?? 0, empty);
  return words ? <p class="twin-note">{words}</p> : null;
}

function wordsOf(standing: Asked["standing"], part: number, empty: boolean): string | null {
  switch (standing) {
    case "waiting":
      return empty ? "waiting its turn" : null;
    case "running":
      return part > 0 ? `computing, ${Math.round(100 * part)} %` : "computing";
    case "cancelled":
      return "cancelled";
    case "offline":
      return "the server does not answer";
    default:
      return null;
  }
}

function Refusal({ asked }: { asked: Asked | undefined }) {
  return (
    <section class="twin-refused" role="alert">
      <h3>{asked?.problem?.title}</h3>
      <p>{asked?.problem?.detail}</p>
      {asked?.problem?.next && <p class="quiet">{asked.problem.next}</p>}
      <button type="button" onClick={() => several.again()}>
        Try again
      </button>
    </section>
  );
}
