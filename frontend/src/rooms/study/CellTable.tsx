/** The cells as a table: the same numbers as the chart, for reading, copying and screen readers. */
import { CONTROLS } from "../../field/controls";
import { whole } from "../../kit/numbers";
import { ask } from "./asking";
import type { Cell } from "./cells";
import type { Measure } from "./study";

const number = (value: number, places = 2): string => (Number.isFinite(value) ? value.toFixed(places) : "–");

const HEADS = [
  "tokens",
  "layer",
  "sharpness",
  "95 %",
  "quartiles",
  "width, α",
  "quartiles",
  "pairs",
  "left out",
];
const CONTROLLED = Object.entries(CONTROLS);

export function CellTable({ cells, measure }: { cells: readonly Cell[]; measure: Measure }) {
  return (
    <div class="study-table" role="region" aria-label="The study's numbers" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">model</th>
            <th scope="col">checkpoint</th>
            {[...HEADS, ...CONTROLLED.map(([, { name }]) => name)].map((head, n) => (
              <th key={n} scope="col" class="number">
                {head}
              </th>
            ))}
            <th scope="col">
              <span class="unseen">look</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.key}>
              <th scope="row">{cell.model}</th>
              <td>{cell.revision}</td>
              <td class="number">{cell.tokens < 0 ? "–" : whole(cell.tokens)}</td>
              <td class="number">{cell.layer}</td>
              <Quartiles of={cell.sharpness} sure={cell.interval} strong={measure === "sharpness"} />
              <Quartiles of={cell.width} strong={measure === "width"} />
              <td class="number">{whole(cell.pairs)}</td>
              <td class="number">{whole(cell.leftOut)}</td>
              {CONTROLLED.map(([name]) => (
                <td key={name} class="number">
                  {number(cell.controls[name] ?? Number.NaN)}
                </td>
              ))}
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

interface QuartilesProps {
  readonly of: Cell["sharpness"];
  readonly sure?: Cell["interval"];
  readonly strong: boolean;
}

/** A median, its interval where it has one, and its quartiles; strong where it is what the chart shows. */
function Quartiles({ of: [low, median, high], sure, strong }: QuartilesProps) {
  return (
    <>
      <td class="number">{strong ? <strong>{number(median)}</strong> : number(median)}</td>
      {sure && (
        <td class="number">
          {number(sure[0])} – {number(sure[1])}
        </td>
      )}
      <td class="number">
        {number(low)} – {number(high)}
      </td>
    </>
  );
}
