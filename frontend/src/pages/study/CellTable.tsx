/** The cells as a table: the same numbers as the chart, for reading, copying and screen readers. */
import type { Cell } from "../../state/cells";
import { whole } from "../../theme/numbers";
import { ask } from "./room";

const number = (value: number, places = 2): string => (Number.isFinite(value) ? value.toFixed(places) : "–");

export function CellTable({ cells }: { cells: readonly Cell[] }) {
  return (
    <div class="study-table" role="region" aria-label="The study's numbers" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[
              "model",
              "checkpoint",
              "tokens",
              "layer",
              "sharpness",
              "quartiles",
              "width, α",
              "pairs",
              "left out",
              "",
            ].map((head) => (
              <th key={head} scope="col">
                {head || <span class="unseen">look</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.key}>
              <th scope="row">{cell.model}</th>
              <td>{cell.revision}</td>
              <td class="number">{cell.tokens < 0 ? "–" : whole(cell.tokens)}</td>
              <td class="number">{cell.layer}</td>
              <td class="number">
                <strong>{number(cell.sharpness[1])}</strong>
              </td>
              <td class="number">
                {number(cell.sharpness[0])} – {number(cell.sharpness[2])}
              </td>
              <td class="number">{number(cell.width[1])}</td>
              <td class="number">{whole(cell.pairs)}</td>
              <td class="number">{whole(cell.leftOut)}</td>
              <td>
                <button
                  type="button"
                  class="bare"
                  aria-label={`Look into ${cell.model} ${cell.revision}, layer ${cell.layer}`}
                  onClick={() => ask({ cell: [cell.model, cell.revision, cell.layer], pair: null })}
                >
                  look
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
