/** The regions of the frame on screen: names, areas, spread and sign patterns; what they agree in; their borders. */
import { Standing } from "../../../asking/Standing";
import { colour as mixed, similarity } from "../../../field/colour";
import { polytopeSentence } from "../../../field/divided";
import { COUNTED } from "../../../field/linkage";
import { nameText } from "../../../field/names";
import type { Land } from "../../../field/regionMap";
import type { Region } from "../../../field/regions";
import { byName, byOutput, patternless } from "../state/divided";
import { listed, measured, named, under } from "../state/regionMap";
import { colour, scale } from "../state/shown";
import { sliceView } from "../state/view";
import { Agree } from "./Agree";
import { Borders } from "./Borders";
import { Threshold } from "./Threshold";
import { areaText, numberText } from "./words";
import "./regions.css";

export default function Panel() {
  const land = listed.value;
  const { agree } = sliceView.value;
  const found = measured.value;
  const asked = agree === "output" && byName.own.value ? byOutput : byName;
  const rows = land?.atlas.regions.list.filter((region) => region.fraction >= COUNTED) ?? [];
  return (
    <div class="regions">
      <Agree />
      {agree === "output" && <Threshold />}
      {land && (
        <div class="regions-scroll">
          <table class="regions-table" aria-label="Regions">
            <thead>
              <tr>
                <th scope="col">
                  <span class="unseen">Region</span>
                </th>
                <th scope="col">area</th>
                <th scope="col" title="Mean distance of its outputs from their mean">
                  spread
                </th>
                {!patternless.value && (
                  <th scope="col" title="Different sign patterns of the units above, among its points">
                    patterns
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((region, n) => (
                <Row key={n} n={n} region={region} land={land} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found ? (
        <p class="regions-note" role="status">
          {polytopeSentence(found)}
        </p>
      ) : (
        <Standing of={asked} reasons />
      )}
      {patternless.value && <p class="regions-note">No sign patterns: {patternless.value}</p>}
      {found && land && <Borders found={found} land={land} />}
    </div>
  );
}

function Row({ n, region, land }: { n: number; region: Region; land: Land }) {
  const found = measured.value;
  const lit = named.value === n || under.value === n;
  const name = nameText(land.slice, region.token);
  const point = (on: boolean): void => {
    named.value = on ? n : null;
  };
  return (
    <tr class={lit ? "lit" : ""} onPointerEnter={() => point(true)} onPointerLeave={() => point(false)}>
      <th scope="row">
        <button
          type="button"
          class="bare region-name"
          title="Brings it out in the picture"
          onFocus={() => point(true)}
          onBlur={() => point(false)}
        >
          <span class="region-chip" style={{ background: chipColour(land, region) }} />
          <span class="region-word">{name}</span>
        </button>
      </th>
      <td>{areaText(region.fraction)}</td>
      <td>{found ? numberText(found.spread[n]) : "…"}</td>
      {!patternless.value && (
        <td>{found?.patterns ? (found.patterns.of[n] ?? 0).toLocaleString("en-US") : "…"}</td>
      )}
    </tr>
  );
}

/** The picture's own colour in the region's middle. */
function chipColour({ slice, atlas }: Land, { label }: Region): string {
  const limits = scale.value;
  const cells = atlas.nx * atlas.ny;
  const n = label.j * atlas.nx + label.i;
  if (!limits || slice.nx !== atlas.nx) return "var(--sunken)";
  const [a, b, c] = ([0, 1, 2] as const).map((k) =>
    similarity(slice.distance[k * cells + n] as number, limits[k]),
  ) as [number, number, number];
  return `rgb(${mixed(a, b, c, colour.value.palette).join(" ")})`;
}
