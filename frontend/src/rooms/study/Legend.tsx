/** Which line is which model; a press hides it and brings it back. */
import { catalogue } from "../../api/catalogue";
import { CONTROLS } from "../../field/controls";
import { compact } from "../../kit/numbers";
import { SYMBOLS } from "../../plot/look";
import { cardOf } from "../../subject/view";

const SHAPES: Readonly<Record<(typeof SYMBOLS)[number], string>> = {
  circle: "●",
  square: "■",
  diamond: "◆",
  "triangle-up": "▲",
  cross: "✚",
  x: "✖",
};

interface Props {
  readonly models: readonly string[];
  readonly hidden: ReadonlySet<string>;
  /** Names of the controls that are drawn, grey. */
  readonly controls: readonly string[];
  readonly onFlip: (model: string) => void;
}

export function Legend({ models, hidden, controls, onFlip }: Props) {
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
            aria-pressed={!hidden.has(name)}
            title={hidden.has(name) ? `Show ${name}` : `Hide ${name}`}
            onClick={() => onFlip(name)}
          >
            <span class={`study-mark s${place % SYMBOLS.length}`} aria-hidden="true">
              {SHAPES[symbol]}
            </span>
            {name}
            {card && <span class="quiet"> {compact(card.parameters)}</span>}
          </button>
        );
      })}
      {controls.map((name) => (
        <span key={name} class="study-control quiet" title={`The same measured ${CONTROLS[name]?.where}`}>
          <span class={`study-dash ${CONTROLS[name]?.dash}`} aria-hidden="true" />
          {CONTROLS[name]?.name}
        </span>
      ))}
    </div>
  );
}
