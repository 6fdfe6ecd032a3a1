/** Under each picture: the name and the three distances at the linked cursor; without one, how sharp and how many. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { shown as visible } from "../../field/names";
import { at } from "../../field/probe";
import { regionsOf } from "../../field/regionMap";
import type { Slice } from "../../field/slice";
import { span } from "../../field/view";
import { Letter } from "../../kit/Letter";
import { coordinate, share } from "../../kit/numbers";
import { pointer } from "../../subject/pointer";
import { view } from "../../subject/state";
import { asked, linked, scaleOf } from "./fields";

const KS = [0, 1, 2] as const;

export function Reading({ slice }: { slice: Slice | null }) {
  const where = linked.value;
  const probe = slice && where ? at(slice, where.alpha, where.beta, scaleOf(slice)) : null;
  if (!slice) return <p class="twin-reading quiet">–</p>;
  if (!probe) return <p class="twin-reading quiet">{summary(slice)}</p>;
  return (
    <p class="twin-reading">
      <Letter k={probe.nearest} />
      <strong class="twin-token">{visible(probe.tokens[probe.nearest].text)}</strong>
      {KS.map((k) => (
        <span key={k} class={`twin-distance${probe.nearest === k ? " nearest" : ""}`}>
          <span class="quiet">{"ABC"[k]}</span> {probedText(probe.distance[k])}
        </span>
      ))}
    </p>
  );
}

/** A field at a point in one line; without a point, how sharp it is and how many regions it has. */
export function readingText(
  slice: Slice,
  where: { readonly alpha: number; readonly beta: number } | null,
): string {
  const probe = where && at(slice, where.alpha, where.beta, scaleOf(slice));
  if (!probe) return summary(slice);
  const distances = KS.map((k) => `${"ABC"[k]} ${probedText(probe.distance[k])}`).join(" · ");
  return `“${visible(probe.tokens[probe.nearest].text)}” · ${distances}`;
}

function summary(slice: Slice): string {
  const count = regionsOf(slice);
  const many = count === 1 ? "one region" : `${count} regions`;
  return slice.sharpness === null ? many : `sharpness ${slice.sharpness.toFixed(1)} · ${many}`;
}

/** A distance: a share where it is bounded by about one, else three digits. */
export function probedText(value: number): string {
  return value < 9.995 ? share(value) : value.toPrecision(3);
}

/** What is under the key cursor in all fields, for those who listen. */
export function Spoken() {
  const said = useSignal("");
  const where = pointer.value;
  const words =
    where?.by === "keys"
      ? [
          `alpha ${coordinate(where.alpha, span(view.value.window.alpha))}, beta ${coordinate(where.beta, span(view.value.window.beta))}`,
          ...asked.value.map((one, i) => {
            const probe = one?.slice && at(one.slice, where.alpha, where.beta);
            if (!probe) return `field ${i + 1}: not there`;
            return `field ${i + 1}: nearest ${"ABC"[probe.nearest]}, “${visible(probe.tokens[probe.nearest].text)}”, at ${share(probe.distance[probe.nearest])}`;
          }),
        ].join("; ")
      : "";
  useEffect(() => {
    if (words === "") return;
    const pause = setTimeout(() => {
      said.value = words;
    }, 250);
    return () => clearTimeout(pause);
  }, [words, said]);
  return (
    <p class="unseen" aria-live="polite">
      {said.value}
    </p>
  );
}
