/** Which line is which model; a press hides it and brings it back. */
import type { Signal } from "@preact/signals";
import { SYMBOLS } from "../../plot/Study";
import { catalogue } from "../../state/store";
import { cardOf } from "../../state/view";
import { compact } from "../../theme/numbers";

const SHAPES: Readonly<Record<(typeof SYMBOLS)[number], string>> = {
  circle: "●",
  square: "■",
  diamond: "◆",
  "triangle-up": "▲",
  cross: "✚",
  x: "✖",
};

export function Legend({
  models,
  hidden,
}: {
  models: readonly string[];
  hidden: Signal<ReadonlySet<string>>;
}) {
  return (
    <div class="study-legend" role="group" aria-label="Models shown">
      {models.map((name, place) => {
        const card = catalogue.value ? cardOf(catalogue.value, name) : undefined;
        const symbol = SYMBOLS[place % SYMBOLS.length] ?? "circle";
        return (
          <button
            key={name}
            type="button"
            class="bare"
            aria-pressed={!hidden.value.has(name)}
            title="Hide or show"
            onClick={() => {
              const next = new Set(hidden.value);
              if (!next.delete(name)) next.add(name);
              hidden.value = next;
            }}
          >
            <span class={`study-mark s${place % SYMBOLS.length}`} aria-hidden="true">
              {SHAPES[symbol]}
            </span>
            {name}
            {card && <span class="quiet"> {compact(card.parameters)}</span>}
          </button>
        );
      })}
    </div>
  );
}
