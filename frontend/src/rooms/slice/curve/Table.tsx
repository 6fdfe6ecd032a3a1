/** Numbers of many curves, one row each; a row's name shows it on the page. */
import type { Along } from "../../../field/along";
import { shown } from "../../../field/names";

interface Row {
  readonly name: string;
  readonly along: Along;
  readonly here: boolean;
  readonly pick: () => void;
}

export function Table({ caption, head, rows }: { caption: string; head: string; rows: readonly Row[] }) {
  return (
    <details class="curve-table">
      <summary>{caption}</summary>
      <div class="curve-table-room">
        <table>
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col">Sharpness</th>
              <th scope="col">Width</th>
              <th scope="col">Position</th>
              <th scope="col">End distance</th>
              <th scope="col">Names on the way</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, along, here, pick }) => (
              <tr key={name} class={here ? "here" : ""}>
                <th scope="row">
                  <button type="button" class="bare" aria-current={here ? "true" : undefined} onClick={pick}>
                    {name}
                  </button>
                </th>
                <td>{number(along.sharpness)}</td>
                <td>{number(along.width)}</td>
                <td>{number(along.position)}</td>
                <td>{along.endDistance === null ? "–" : along.endDistance.toPrecision(3)}</td>
                <td class="way">{along.names.map(({ token }) => shown(token)).join(" → ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function number(value: number | null): string {
  return value === null ? "–" : value.toFixed(2);
}
