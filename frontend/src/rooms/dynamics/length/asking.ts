/**
 * The diagram at the paper's length, and the map over two parameters: asked of the server, which keeps them. What the page
 * computes by itself is short; these are what one cites.
 */
import { computed, signal } from "@preact/signals";
import type { BifurcationRequest, OrbitRequest, PhaseDiagramRequest } from "../../../api/types";
import { Question } from "../../../asking/question";
import { type Axis, dynamics, type Far } from "../link";
import { type Length, lengthOf } from "./read";

export const lengthOpen = signal(false);

/** Seconds of the server's that are spent without a word. */
const UNBIDDEN = 3;

/** The part of an axis that is shown: β as in the diagram, the others about the paper's values. */
export function rangeOf(axis: Axis): [number, number] {
  const { from, to } = dynamics.value;
  return axis === "beta" ? [from, to] : axis === "gamma" ? [0, 400] : [0, 0.2];
}

const parameters = computed(() => {
  const { seed, features, context, beta, gamma, epsilon } = dynamics.value;
  return {
    network: { construction: "segments", seed, features, context } as const,
    beta,
    gamma,
    epsilon,
  };
});

/** Without the parameter that varies: the hair-line moves without asking anew. */
function fixed(...varied: Axis[]) {
  const all: Partial<(typeof parameters)["value"]> = { ...parameters.value };
  for (const axis of varied) delete all[axis];
  return all as Omit<(typeof parameters)["value"], Axis> & Partial<Record<Axis, number>>;
}

/** Of the diagram at a length. */
export function diagramRequest(discard: number, steps: number, resolution: 257 | 1025): BifurcationRequest {
  const { axis, feature, section } = dynamics.value;
  return {
    analysis: "bifurcation",
    ...fixed(axis),
    axis,
    range: rangeOf(axis),
    resolution,
    discard,
    steps,
    feature,
    section,
    exponents: 2,
  } as BifurcationRequest;
}

export function mapRequest(): PhaseDiagramRequest {
  const { axis, other } = dynamics.value;
  const y = other === axis ? OTHERS[axis] : other;
  return {
    analysis: "phase_diagram",
    ...fixed(axis, y),
    x: axis,
    y,
    x_range: rangeOf(axis),
    y_range: rangeOf(y),
    resolution: 65,
  } as PhaseDiagramRequest;
}

/** Of the orbit under the hair-line. */
export function orbitRequest(): OrbitRequest {
  return { analysis: "orbit", ...parameters.value, discard: 2000, steps: 4000, exponents: 2 } as OrbitRequest;
}

const OTHERS: Readonly<Record<Axis, Axis>> = { beta: "gamma", gamma: "beta", epsilon: "beta" };

const PAPER = { discard: 100_000, steps: 20_000 };
const SHORT = { discard: 20_000, steps: 10_000 };

function requestOf(far: Far): BifurcationRequest | PhaseDiagramRequest {
  if (far === "map") return mapRequest();
  const { discard, steps } = far === "paper" ? PAPER : SHORT;
  return diagramRequest(discard, steps, far === "paper" ? 1025 : 257);
}

const request = computed(() => (lengthOpen.value ? requestOf(dynamics.value.far) : null));

export const atLength = new Question<
  BifurcationRequest | PhaseDiagramRequest,
  Length,
  Length,
  "bifurcation" | "phase_diagram"
>({
  request,
  unbidden: ({ estimate }) => estimate.seconds !== null && estimate.seconds <= UNBIDDEN,
  read: (file) => lengthOf(file),
  parts: {
    of: ["bifurcation", "phase_diagram"],
    name: () => "level",
    level: (part) => part.resolution,
    read: (file) => lengthOf(file),
  },
});

/** What is there: the whole, or its finest level so far; never that of another question. */
export const there = computed<Length | null>(
  () => atLength.own.value ?? atLength.parts.value.get("level")?.value ?? null,
);
