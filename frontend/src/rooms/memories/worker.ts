/** Storing digits and mapping where iteration leads, away from the page's own thread. One worker, one memory. */
import { chosen, digitsOf, meanOf, TRAINING } from "./network/digits";
import { anchorsOf, type LabelMap, labelMap, TEMPLATES } from "./network/labels";
import { type Memory, type Rule, store } from "./network/memory";

export type Asked =
  | { kind: "store"; packed: Uint8Array; rule: Rule; stored: number; seed: number }
  | { kind: "labels"; side: number };

export type Told =
  | { kind: "storing"; share: number }
  | { kind: "memory"; memory: Memory }
  | { kind: "mapping"; share: number }
  | { kind: "labels"; map: LabelMap };

let held: { readonly memory: Memory; readonly templates: readonly Float64Array[] } | null = null;

const tell = (told: Told): void => postMessage(told);

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  if (data.kind === "store") {
    const { images, labels } = digitsOf(data.packed);
    const training = images.slice(0, TRAINING);
    const stored = chosen(labels, data.seed, data.stored).map((n) => training[n] as Float64Array);
    const memory = store(data.rule, stored, training, data.seed, undefined, (share) =>
      tell({ kind: "storing", share }),
    );
    held = { memory, templates: [...stored.slice(0, TEMPLATES), meanOf(training)] };
    tell({ kind: "memory", memory });
  } else if (held) {
    const { memory, templates } = held;
    const plane = anchorsOf(memory, templates);
    if (plane)
      tell({
        kind: "labels",
        map: labelMap(memory, plane, templates, data.side, (share) => tell({ kind: "mapping", share })),
      });
  }
});
