/** Where the layer over the picture comes from: a row for each kind. */
import { computed } from "@preact/signals";
import type { Distance, Problem } from "../api/types";
import { edgesLayer } from "../field/edges";
import { gradientLayer } from "../field/gradient";
import { computedLayer, type Layer, OVERLAYS, type Overlay } from "../field/overlay";
import { veilLayer, veilSentence } from "../field/veil";
import { windowOf } from "../field/view";
import type { Share } from "./asked";
import { dark } from "./chrome";
import { byName, patternless, sloped } from "./divided";
import { shown } from "./shown";
import { change, isOpen, view } from "./store";
import { veiled } from "./veil";

type Kind = Exclude<Overlay, "none">;

/** Layers are made once for each answer and ground. */
const made = new WeakMap<object, Map<string, Layer>>();

function once(of: object, make: (dark: boolean) => Layer): Layer {
  const name = String(dark.value);
  const known = made.get(of) ?? new Map<string, Layer>();
  made.set(of, known);
  const layer = known.get(name) ?? make(dark.value);
  known.set(name, layer);
  return layer;
}

const SOURCES: Readonly<Record<Kind, () => Layer | null>> = {
  computed: () => (shown.value ? computedLayer(shown.value.slice) : null),
  gradient: () => {
    const found = sloped.own.value;
    if (!found?.gradient) return null;
    const { gradient, slice } = found;
    const grid = { nx: slice.nx, ny: slice.ny, window: windowOf(slice) };
    return once(gradient, (ground) => gradientLayer(gradient, grid, UNITS[view.value.distance], ground));
  },
  edges: () => {
    const found = byName.own.value;
    if (!found?.patterns) return null;
    const { flips } = found.patterns;
    const of = `the MLP of block ${view.value.layer + 1}`;
    return once(flips, (ground) => edgesLayer(flips, windowOf(found.slice), of, ground));
  },
  veil: () => {
    const found = veiled.own.value;
    return found && once(found, (ground) => veilLayer(found, ground));
  },
};

/** What a gradient is measured in: of the output over of the activation. */
const UNITS: Readonly<Record<NonNullable<Distance>, string>> = {
  l2: "L2 of the final residual per unit of activation",
  cosine: "final residual per unit of activation",
  hellinger: "√p / √2 per unit of activation",
  tv: "√p / √2 per unit of activation",
  js: "√p / √2 per unit of activation",
};

/** The layer over the picture on screen, or null: none is wished for, or it is not there yet. */
export const layer = computed<Layer | null>(() => {
  const wish = isOpen.value ? view.value.overlay : "none";
  return wish === "none" ? null : SOURCES[wish]();
});

interface Way {
  readonly progress: Share | null;
  /** Why it cannot be had. */
  readonly problem: Pick<Problem, "title" | "detail" | "next"> | null;
  /** What it says, in a sentence. */
  readonly sentence: string;
}

/** How far the wished layer is, and what it says. */
export const way = computed<Way>(() => {
  const wish = isOpen.value ? view.value.overlay : "none";
  if (wish === "gradient")
    return { progress: sloped.progress.value, problem: sloped.problem.value, sentence: "" };
  if (wish === "edges") {
    const why = patternless.value;
    const problem = why ? { title: "No polytope edges", detail: why, next: "" } : byName.problem.value;
    return { progress: byName.progress.value, problem, sentence: "" };
  }
  if (wish === "veil") {
    const found = veiled.own.value;
    const sentence = found ? veilSentence(found.relative) : "";
    return { progress: veiled.progress.value, problem: veiled.problem.value, sentence };
  }
  return { progress: null, problem: null, sentence: "" };
});

export function nextOverlay(): void {
  const at = OVERLAYS.indexOf(view.peek().overlay);
  change({ overlay: OVERLAYS[(at + 1) % OVERLAYS.length] ?? "none" });
}
