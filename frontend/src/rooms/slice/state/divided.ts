/** The regions of the frame on screen as the server measures them: asked while the panel or a layer wants them. */
import { computed, effect, signal } from "@preact/signals";
import type { RegionsRequest, Resolution } from "../../../api/types";
import { type Divided, dividedOf } from "../../../field/divided";
import { ladder, suggested } from "../../../field/linkage";
import { isIn, isOpen } from "../../../shell/address";
import { card } from "../../../subject/question";
import { view } from "../../../subject/state";
import { sliceRequestOf, type View } from "../../../subject/view";
import { beside } from "./beside";
import { sliceView } from "./view";

/** The finest grid that regions are measured on. */
const MEASURED = 129;
/** The grid of gradients: two derivatives a point. */
const SLOPES = 65;

type Wish = Pick<RegionsRequest, "by" | "threshold" | "gradient" | "polytopes" | "mlps">;

const PLAIN: Wish = { by: "token", threshold: null, gradient: false, polytopes: false, mlps: 1 };

export function regionsRequestOf(from: View, wish: Partial<Wish> = {}, finest = MEASURED): RegionsRequest {
  const { exact: _, analysis: __, resolution, ...plane } = sliceRequestOf(from);
  const grid = Math.min(resolution, finest) as Exclude<Resolution, 513>;
  return { ...plane, analysis: "regions", resolution: grid, ...PLAIN, ...wish };
}

/** Where sign patterns cannot be had (a mixture of experts, the slow path, no MLP above), and why; by model and layer. */
const without = signal<ReadonlyMap<string, string>>(new Map());

const place = computed(() => `${view.value.model} ${view.value.layer}`);

/** Why there are no sign patterns here. */
export const patternless = computed(() => (isOpen.value ? without.value.get(place.value) : undefined));

/** Whether somebody looks at regions: the panel is open. */
const panel = computed(() => isOpen.value && isIn("slice") && sliceView.value.beside === "regions");

/** How many MLPs polytope edges can be drawn of: there are no more above the write layer; at least one is asked of. */
export const mlpsAbove = computed(() =>
  Math.max(1, (card.value?.layers ?? Number.POSITIVE_INFINITY) - 1 - view.value.layer),
);

/** Of how many they are. */
export const mlps = computed(() => Math.min(sliceView.value.mlps, mlpsAbove.value));

const patterned = computed(() => patternless.value === undefined);

/** By name, with sign patterns where they can be had: the panel's numbers, the steps of every threshold, polytope edges. */
export const byName = beside(
  computed(() => {
    if (!isOpen.value || !isIn("slice")) return null;
    const wanted = panel.value || sliceView.value.agree === "output";
    const edges = sliceView.value.overlay === "edges" && patterned.value;
    if (!wanted && !edges) return null;
    return regionsRequestOf(view.value, patterned.value ? { polytopes: true, mlps: mlps.value } : {});
  }),
  dividedOf,
);

/** The threshold in use: the view's, or one that suits the frame on screen. */
export const threshold = computed<number | null>(() => {
  if (!isOpen.value || sliceView.value.agree !== "output") return null;
  const found = byName.answer.value?.value;
  return sliceView.value.threshold ?? (found ? suggestedFor(found) : null);
});

const suggestions = new WeakMap<Divided, number>();

export function suggestedFor(found: Divided): number {
  const known = suggestions.get(found);
  if (known !== undefined) return known;
  const made = suggested(found.steps, ladder(found.steps));
  suggestions.set(found, made);
  return made;
}

/** By likeness of outputs, at the threshold in use: what the server measures of these regions. */
export const byOutput = beside(
  computed(() => {
    const within = threshold.value;
    if (!panel.value || within === null || !byName.own.value) return null;
    return regionsRequestOf(view.value, { by: "output", threshold: within, polytopes: patterned.value });
  }),
  dividedOf,
);

/** With the gradient: for its layer. */
export const sloped = beside(
  computed(() =>
    isOpen.value && isIn("slice") && sliceView.value.overlay === "gradient"
      ? regionsRequestOf(view.value, { gradient: true }, SLOPES)
      : null,
  ),
  dividedOf,
);

/** Refusals after which the same is asked without sign patterns. */
const SIGNLESS = [":unsupported-model", ":unknown-layer"];

/** Begins to measure whatever is looked at. */
export function startMeasuring(): void {
  for (const asked of [byName, byOutput, sloped]) asked.start();
  effect(() => {
    const problem = byName.problem.value;
    if (!problem || !SIGNLESS.some((end) => problem.type.endsWith(end)) || without.peek().has(place.peek()))
      return;
    without.value = new Map(without.peek()).set(place.peek(), problem.detail);
  });
}
