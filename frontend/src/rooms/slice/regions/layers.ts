/** Layers that the server is asked for: gradient, polytope edges, trust veil, belief; a row for each. */
import { computed, effect } from "@preact/signals";
import type { Distance } from "../../../api/types";
import { beliefLayer, beliefPlaneSentence } from "../../../field/beliefPlane";
import { edgesLayer, mlpsOf } from "../../../field/edges";
import { gradientLayer } from "../../../field/gradient";
import type { Layer, Overlay } from "../../../field/overlay";
import { veilLayer, veilSentence } from "../../../field/veil";
import { windowOf } from "../../../field/view";
import { isOpen } from "../../../shell/address";
import { dark } from "../../../shell/chrome";
import { view } from "../../../subject/state";
import { believed, believes } from "../state/believed";
import { byName, mlps, patternless, sloped } from "../state/divided";
import { laid, type Way, way } from "../state/overlays";
import { veiled } from "../state/veil";
import { sliceView } from "../state/view";

type Kind = Exclude<Overlay, "none" | "computed">;

/** Layers are made once for each answer and ground. */
const made = new WeakMap<object, Map<boolean, Layer>>();

function once(of: object, make: (dark: boolean) => Layer): Layer {
  const known = made.get(of) ?? new Map<boolean, Layer>();
  made.set(of, known);
  const layer = known.get(dark.value) ?? make(dark.value);
  known.set(dark.value, layer);
  return layer;
}

/** What a gradient is measured in. */
const UNITS: Readonly<Record<NonNullable<Distance>, string>> = {
  l2: "L2 of the final residual per unit of activation",
  cosine: "final residual per unit of activation",
  hellinger: "√p / √2 per unit of activation",
  tv: "√p / √2 per unit of activation",
  js: "√p / √2 per unit of activation",
};

interface Source {
  readonly layer: () => Layer | null;
  readonly way: () => Way;
}

const SOURCES: Readonly<Record<Kind, Source>> = {
  gradient: {
    layer: () => {
      const found = sloped.own.value;
      if (!found?.gradient) return null;
      const { gradient, slice } = found;
      const grid = { nx: slice.nx, ny: slice.ny, window: windowOf(slice) };
      return once(gradient, (ground) => gradientLayer(gradient, grid, UNITS[view.value.distance], ground));
    },
    way: () => ({
      share: sloped.progress.value?.share ?? null,
      problem: sloped.problem.value,
      sentence: "",
    }),
  },
  edges: {
    layer: () => {
      const found = byName.own.value;
      if (!found?.patterns) return null;
      const { flips } = found.patterns;
      const of = mlpsOf(view.value.layer, mlps.value);
      return once(flips, (ground) => edgesLayer(flips, windowOf(found.slice), of, ground));
    },
    way: () => {
      const why = patternless.value;
      return {
        share: byName.progress.value?.share ?? null,
        problem: why ? { title: "No polytope edges here", detail: why, next: "" } : byName.problem.value,
        sentence: "",
      };
    },
  },
  belief: {
    layer: () => {
      const found = believed.own.value;
      return found && once(found, () => beliefLayer(found));
    },
    way: () => {
      const found = believed.own.value;
      const none = {
        title: "No beliefs here",
        detail: `${view.value.model} was trained on text, not on a process whose beliefs it could hold.`,
        next: "Choose a model of a process, such as mess3-2l.",
      };
      return {
        share: believed.progress.value?.share ?? null,
        problem: believes.value ? believed.problem.value : none,
        sentence: found ? beliefPlaneSentence(found) : "",
      };
    },
  },
  veil: {
    layer: () => {
      const found = veiled.own.value;
      return found && once(found, (ground) => veilLayer(found, ground));
    },
    way: () => {
      const found = veiled.own.value;
      return {
        share: veiled.progress.value?.share ?? null,
        problem: veiled.problem.value,
        sentence: found ? veilSentence(found.relative) : "",
      };
    },
  },
};

const source = computed<Source | null>(() => {
  const wish = isOpen.value ? sliceView.value.overlay : "none";
  return wish === "none" || wish === "computed" ? null : SOURCES[wish];
});

/** Begins to lay over the picture what the view wishes. */
export function startLaying(): void {
  effect(() => {
    laid.value = source.value?.layer() ?? null;
  });
  effect(() => {
    way.value = source.value?.way() ?? { share: null, problem: null, sentence: "" };
  });
}
