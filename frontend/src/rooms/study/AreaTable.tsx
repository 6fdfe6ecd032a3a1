/** Areas as a table that is also a heat map: a row a layer, a column a checkpoint; a press shows the pairs behind one. */
import type { Area } from "./areas";
import type { Score } from "./study";

interface Props {
  readonly areas: readonly Area[];
  readonly revisions: readonly string[];
  readonly score: Score;
  readonly chosen: readonly [string, number];
  readonly onPick: (revision: string, layer: number) => void;
}

/** How strongly a cell is tinted, and in which colour: none at guessing, warm below, accent above. */
export function tint(value: number): { share: number; side: "low" | "high" } {
  const away = Math.min(1, Math.abs(value - 0.5) * 2);
  return { share: Math.round(45 * away), side: value < 0.5 ? "low" : "high" };
}

/** Two decimals without the zero before them; a whole 1 only where nothing is judged wrongly. */
const short = (value: number): string => (value >= 0.9995 ? "1" : value.toFixed(2).replace(/^0/, ""));

export function AreaTable({ areas, revisions, score, chosen, onPick }: Props) {
  const layers = [...new Set(areas.map((one) => one.layer))].sort((a, b) => a - b);
  const found = new Map(areas.map((one) => [`${one.revision} ${one.layer}`, one.of[score]]));
  return (
    <>
      <p class="study-auc quiet" id="study-auc">
        AUC: the share of comparisons of a similar with a dissimilar pair that are judged right; .50 is
        guessing, 1 is never wrong.
      </p>
      <div class="study-areas" role="region" aria-label="Areas by layer and checkpoint" tabIndex={0}>
        <table aria-describedby="study-auc">
          <thead>
            <tr>
              <th scope="col">
                layer ↓<br />
                step →
              </th>
              {revisions.map((name) => (
                <th key={name} scope="col">
                  {name.replace(/^step/, "")}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {layers.map((layer) => (
              <tr key={layer}>
                <th scope="row">{layer}</th>
                {revisions.map((name) => {
                  const value = found.get(`${name} ${layer}`);
                  if (value === undefined) return <td key={name} />;
                  const { share, side } = tint(value);
                  return (
                    <td key={name}>
                      <button
                        type="button"
                        class={`study-area ${side}`}
                        style={{ "--share": `${share}%` }}
                        aria-pressed={chosen[0] === name && chosen[1] === layer}
                        aria-label={`${name}, layer ${layer}: ${short(value)}`}
                        onClick={() => onPick(name, layer)}
                      >
                        {short(value)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
