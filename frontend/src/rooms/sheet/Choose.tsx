/** Which checkpoints and layers stand on the sheet. */
import { Menu } from "../../kit/Menu";
import { card } from "../../subject/question";
import { momentText } from "../../subject/time/moments";
import { everyLayer, everyRevision, layers, MOST, revisions } from "./cells";
import { sheetView } from "./link";

interface Props<T> {
  readonly what: string;
  readonly all: readonly T[];
  readonly shown: readonly T[];
  /** Null: the spread of at most twelve. */
  readonly chosen: readonly T[] | "all" | null;
  readonly text: (one: T) => string;
  readonly onChoose: (chosen: readonly T[] | "all" | null) => void;
}

export function ChooseRevisions() {
  return (
    <Choose
      what="Checkpoints"
      all={everyRevision.value}
      shown={revisions.value}
      chosen={sheetView.value.revisions}
      text={(name) => momentText(card.value, name)}
      onChoose={(chosen) => sheetView.change({ revisions: chosen })}
    />
  );
}

export function ChooseLayers() {
  return (
    <Choose
      what="Layers"
      all={everyLayer.value}
      shown={layers.value}
      chosen={sheetView.value.layers}
      text={(layer) => `after block ${layer}`}
      onChoose={(chosen) => sheetView.change({ layers: chosen })}
    />
  );
}

function Choose<T extends string | number>({ what, all, shown, chosen, text, onChoose }: Props<T>) {
  const many = all.length > MOST;
  return (
    <Menu label={`${what} ${shown.length} of ${all.length}`} title={`Which ${what.toLowerCase()} are shown`}>
      <div class="choose-ways">
        {many && (
          <button type="button" class="chip" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
            {MOST}, spread
          </button>
        )}
        <button
          type="button"
          class="chip"
          aria-pressed={shown.length === all.length}
          onClick={() => onChoose(many ? "all" : null)}
        >
          all {all.length}
        </button>
      </div>
      <div class="choose-list" role="group" aria-label={what}>
        {all.map((one) => {
          const on = shown.includes(one);
          return (
            <label key={one} class="toggle">
              <input
                type="checkbox"
                checked={on}
                disabled={on && shown.length === 1}
                onChange={() => onChoose(all.filter((other) => shown.includes(other) !== (other === one)))}
              />
              <span>{text(one)}</span>
            </label>
          );
        })}
      </div>
    </Menu>
  );
}
