/** What a study costs before it runs, how far it is while it does, and what stands in its way. */
import { Standing } from "../../asking/Standing";
import type { present } from "./asking";

interface Props {
  readonly asked: typeof present.value;
  /** Cells that are there. */
  readonly count: number;
  /** What is missing where there is nothing to ask. */
  readonly empty: string;
}

export function Price({ asked, count, empty }: Props) {
  const status = asked.status.value;
  if (status === "done") return null;
  const of = asked.offer.value?.parts ?? 0;
  return (
    <div class={`study-price ${status}`}>
      <Standing of={asked} count={{ there: count, of, noun: "cell" }} empty={empty} />
    </div>
  );
}
