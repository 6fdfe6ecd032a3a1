/** Which regions touch, along how much, and how sharply the output changes across. */

import type { Divided } from "../../../field/divided";
import { nameText } from "../../../field/names";
import type { Land } from "../../../field/regionMap";
import { numberText } from "./words";

export function Borders({ found, land }: { found: Divided; land: Land }) {
  const rows = found.borders
    .filter(({ between: [one, other] }) => one < found.count && other < found.count)
    .sort((p, q) => q.length - p.length);
  if (rows.length === 0) return null;
  const name = (region: number): string =>
    nameText(land.slice, land.atlas.regions.list[region]?.token ?? found.token[region] ?? -1);
  return (
    <details class="borders">
      <summary>
        {rows.length} {rows.length === 1 ? "border" : "borders"}
        {Number.isFinite(found.between) && `, border sharpness ${numberText(found.between)}`}
      </summary>
      <table class="regions-table" aria-label="Borders">
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">Between</span>
            </th>
            <th scope="col" title="In anchor units, along the walls between points">
              length
            </th>
            <th scope="col" title="1: outputs change evenly from one region's centre to the other's">
              border sharpness
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ between: [one, other], length, sharpness }) => (
            <tr key={`${one} ${other}`}>
              <th scope="row">
                {name(one)} – {name(other)}
              </th>
              <td>{numberText(length)}</td>
              <td>{numberText(sharpness)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
