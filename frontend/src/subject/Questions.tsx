/** What is asked, in the bar of the rooms about language models: model, size, layer, distance, grid. */
import type { ComponentChildren } from "preact";
import { catalogue } from "../api/catalogue";
import type { Distance, Resolution } from "../api/types";
import { Choice } from "../kit/Choice";
import { ComputeMenu } from "./ComputeMenu";
import { chooseModel } from "./chooser/open";
import { distanceText } from "./distances";
import { families, sizeOptions, sizesOf, toModel } from "./pick";
import { card } from "./question";
import { change, view } from "./state";

const MORE = "more models …";

type Question = "Model" | "Size" | "Layer" | "Distance" | "Grid";

/** What is computed, as choices; a room leaves out those that it answers itself, and adds its own. */
export function Questions(props: { without?: readonly Question[]; children?: ComponentChildren }) {
  const all = catalogue.value;
  if (!all) return null;
  const asks = (question: Question): boolean => !props.without?.includes(question);
  const { model, layer, distance, resolution } = view.value;
  const own = card.value;
  const family = own?.family ?? model;
  const sizes = sizesOf(all, family, own);
  const layers = own?.layers ?? layer + 1;
  return (
    <div class="questions" role="group" aria-label="What is computed">
      {asks("Model") && (
        <Choice
          label="Model"
          value={family}
          options={[...new Set([...families(all), family]), MORE].map((name) => ({
            value: name,
            text: name,
          }))}
          onPick={(name) => {
            if (name === MORE) return chooseModel();
            const last = sizesOf(all, name).at(-1);
            if (last) change(toModel(all, view.value, last.name));
          }}
        />
      )}
      {asks("Size") && (
        <Choice
          label="Size"
          value={model}
          title={own ? `${own.name}: ${own.layers} blocks, d = ${own.d_model}, ${own.architecture}` : model}
          options={sizeOptions(sizes.length > 0 ? sizes : [{ name: model, layers: 0, parameters: 0 }])}
          onPick={(name) => change(toModel(all, view.value, name))}
        />
      )}
      {asks("Layer") && (
        <Choice
          label="Layer"
          value={layer}
          title={`The stream after block ${layer} of ${layers} (blocks.${layer}.hook_resid_post)`}
          options={Array.from({ length: layers }, (_, value) => ({
            value,
            text: `block ${value} of ${layers}`,
          }))}
          onPick={(value) => change({ layer: value })}
        />
      )}
      {asks("Distance") && (
        <Choice
          label="Distance"
          value={distance}
          title={all.distances.find((row) => row.name === distance)?.text ?? distance}
          options={all.distances.map((row) => ({
            value: row.name as Distance,
            text: distanceText(row.name),
          }))}
          onPick={(value) => change({ distance: value })}
        />
      )}
      {asks("Grid") && (
        <Choice
          label="Grid"
          value={resolution}
          title="Points per side"
          options={all.resolutions.map((value) => ({ value: value as Resolution, text: `${value}²` }))}
          onPick={(value) => change({ resolution: value })}
        />
      )}
      {props.children}
      <ComputeMenu />
    </div>
  );
}
