/** The curve at every write layer of the checkpoint on screen. */
import { useEffect, useMemo } from "preact/hooks";
import { Standing } from "../../../asking/Standing";
import { curvesCsv } from "../../../export/curves";
import { endName, lineName } from "../../../field/line";
import { byLayer, columnsFor } from "../../../plot/byLayer";
import type { Figure } from "../../../plot/image";
import { Large } from "../../../plot/Large";
import { inkOf } from "../../../plot/look";
import { theme } from "../../../shell/theme";
import { change, view } from "../../../subject/state";
import { layerCount, layered, layers } from "../state/layers";
import { line, lineRequestOf } from "../state/line";
import { figure as kept, savable } from "./savable";
import { useRoom } from "./size";
import { Table } from "./Table";

/** Height of one small chart, CSS pixels. */
const ONE = 118;

const keep = (figure: Figure): void => {
  kept.value = figure;
};

export function LayersTab() {
  const { element, width } = useRoom();
  const found = layers.value;
  const count = layerCount.value;
  const chosen = line.value;
  const { layer, model, revision, distance } = view.value;
  const scheme = theme.value;
  const problem = layered.problem.value;

  const figure = useMemo(() => {
    const all = Array.from({ length: count }, (_, n) => found.get(n) ?? null);
    const rows = Math.ceil(count / columnsFor(count, width));
    const ink = inkOf();
    const height = rows * ONE * ink.scale + 26 * ink.scale;
    return byLayer({ ink, width, height }, all, layer, [endName(chosen, 0), endName(chosen, 1)]);
  }, [found, count, layer, chosen, width, scheme]);

  useEffect(() => {
    const rows = [...found].sort(([a], [b]) => a - b);
    savable.value = {
      name: `${model.replaceAll("/", "_")}-${revision}-${distance}-${endName(chosen, 0)}${endName(chosen, 1)}-layers`,
      csv: () => curvesCsv(rows.map(([n, along]) => ({ along, labels: { write_layer: n } }))),
      request: () => ({
        analysis: "sweep",
        request: lineRequestOf(view.peek(), chosen),
        revisions: [],
        write_layers: Array.from({ length: count }, (_, n) => n),
      }),
    };
  }, [found, count, chosen, model, revision, distance]);

  return (
    <div ref={element} class="tab" aria-busy={found.size < count && !problem}>
      {found.size < count && (
        <Standing of={layered} count={{ there: found.size, of: count, noun: "layer" }} reasons />
      )}
      {width > 0 && (
        <Large
          figure={figure}
          label={`The curve along ${lineName(chosen).replace("→", "to")} at ${count} write layers of ${revision}; the numbers are in the table below.`}
          offer={keep}
        />
      )}
      <p class="tab-note">
        <strong>{revision}</strong>
        <span class="quiet">
          Written after each block in turn; the blocks above run on. Beside each layer its sharpness.
        </span>
      </p>
      <Table
        caption="Numbers at every layer"
        head="Write layer"
        rows={[...found]
          .sort(([a], [b]) => a - b)
          .map(([n, along]) => ({
            name: `layer ${n}`,
            along,
            here: n === layer,
            pick: () => change({ layer: n }),
          }))}
      />
    </div>
  );
}
