/** How pairs are measured, in both sections: the distance, the samples of a path, and what chance draws from. */
import { catalogue } from "../../api/catalogue";
import type { Distance } from "../../api/types";
import { Choice } from "../../kit/Choice";
import { distanceText } from "../../subject/distances";
import { ask, study } from "./asking";
import { Count } from "./fields";

export function DistanceChoice() {
  const rows = catalogue.value?.distances ?? [];
  const now = study.value;
  if (!now) return null;
  return (
    <Choice
      label="Distance"
      value={now.distance}
      title={rows.find((row) => row.name === now.distance)?.text ?? now.distance}
      options={rows.map((row) => ({ value: row.name as Distance, text: distanceText(row.name) }))}
      onPick={(distance) => ask({ distance })}
    />
  );
}

export function Steps() {
  return (
    <Count
      label="Path steps"
      value={study.value.steps ?? 0}
      least={5}
      most={1001}
      title="Samples of each path"
      onChange={(steps) => ask({ steps })}
    />
  );
}

export function Seed({ title }: { title: string }) {
  return (
    <Count
      label="Seed"
      value={study.value.seed ?? 0}
      least={0}
      most={2 ** 31 - 1}
      title={title}
      onChange={(seed) => ask({ seed, pair: null })}
    />
  );
}
