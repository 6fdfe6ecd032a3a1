/**
 * The view: the plane that the rooms about language models look at, as one immutable value.
 *
 * The first half is what is asked of the server; the second only how the answer is drawn, and costs no server call.
 */
import type {
  AnimationRequest,
  Catalogue,
  Contexts,
  Distance,
  Dtype,
  ModelCard,
  Resolution,
  SliceRequest,
} from "../api/types";
import type { Normalisation } from "../field/colour";
import { WHOLE, type Window } from "../field/view";

export type Three<T> = readonly [T, T, T];

/** The plane turned about the line AB, towards a random direction. */
export interface Tilt {
  readonly degrees: number;
  /** Draws the direction. */
  readonly seed: number;
}

export interface View {
  readonly model: string;
  /** The frame on screen. */
  readonly revision: string;
  /** The frames, or null for the model's own (`framesOf`). */
  readonly revisions: readonly string[] | null;
  /** What is computed in: single precision, or double for deep zooms. */
  readonly dtype: Dtype;
  readonly prompts: Three<string>;
  readonly layer: number;
  readonly distance: Distance;
  readonly contexts: Contexts;
  /** Whether prompts begin with the BOS token; null as the model is used. */
  readonly bos: boolean | null;
  readonly window: Window;
  readonly resolution: Resolution;
  readonly exact: boolean;
  /** Null where the plane is not to be turned; of no degrees where it could be. */
  readonly tilt: Tilt | null;

  readonly normalisation: Normalisation;
  readonly trueScale: boolean;
  readonly contours: boolean;
  readonly names: boolean;
  /** A kept point, in (α, β). */
  readonly pin: readonly [number, number] | null;
}

/** How the answer is drawn unless the link says otherwise. */
export const DRAWN = {
  normalisation: "frame",
  trueScale: false,
  contours: true,
  names: true,
  pin: null,
} as const satisfies Partial<View>;

/** Most frames that a model brings by itself; a link may name more. */
export const MOST_FRAMES = 24;

export function cardOf(catalogue: Catalogue, name: string): ModelCard | undefined {
  return catalogue.models.find((card) => card.name === name);
}

/**
 * The checkpoints that the scrubber shows: the link's own, or the model's, thinned evenly when there are very many. Of a
 * model of the hub only those that were chosen: each is a download.
 */
export function framesOf(view: View, card: ModelCard | undefined): readonly string[] {
  if (view.revisions) return view.revisions;
  if (card?.source === "hub") return [view.revision];
  const all = card?.revisions.map((row) => row.revision) ?? [view.revision];
  if (all.length <= MOST_FRAMES) return all;
  const step = (all.length - 1) / (MOST_FRAMES - 1);
  const thin = new Set(Array.from({ length: MOST_FRAMES }, (_, i) => all[Math.round(i * step)] as string));
  thin.add(view.revision);
  return all.filter((name) => thin.has(name));
}

/** The finest grid that all frames are asked on; a finer one is for the frame on screen alone. */
export const SWEEP: Resolution = 129;

/** The slice on screen as a request, at the view's own resolution. */
export function sliceRequestOf(view: View): SliceRequest {
  return {
    analysis: "slice",
    model: { name: view.model, revision: view.revision, dtype: view.dtype },
    prompts: [...view.prompts],
    write_layer: view.layer,
    distance: view.distance,
    contexts: view.contexts,
    prepend_bos: view.bos,
    tilt: view.tilt && view.tilt.degrees > 0 ? { degrees: view.tilt.degrees, seed: view.tilt.seed } : null,
    window: { alpha: [...view.window.alpha], beta: [...view.window.beta] },
    resolution: view.resolution,
    exact: view.exact,
  };
}

/** The animation request that a view asks, its frame on screen first. */
export function requestOf(view: View, card: ModelCard | undefined): AnimationRequest {
  const revisions = [...framesOf(view, card)];
  const slice = sliceRequestOf(view);
  const coarser = revisions.length > 1 && view.resolution > SWEEP;
  return { analysis: "animation", slice: coarser ? { ...slice, resolution: SWEEP } : slice, revisions };
}

/** The frame on screen alone, at the view's own resolution. */
export function finerRequestOf(view: View): AnimationRequest {
  return { analysis: "animation", slice: sliceRequestOf(view), revisions: [view.revision] };
}

/** The asking half of a view, from a request as presets, pictures and the catalogue hold it. */
export function askedBy(request: AnimationRequest, catalogue: Catalogue): Omit<View, keyof typeof DRAWN> {
  const slice = request.slice;
  const card = cardOf(catalogue, slice.model.name);
  const own = card?.revisions.map((row) => row.revision) ?? [];
  const same =
    own.length === request.revisions.length && own.every((name, i) => name === request.revisions[i]);
  return {
    model: slice.model.name,
    revision: slice.model.revision ?? "main",
    revisions: same || request.revisions.length === 0 ? null : request.revisions,
    dtype: slice.model.dtype ?? "float32",
    prompts: slice.prompts,
    layer: slice.write_layer,
    distance: slice.distance ?? "hellinger",
    contexts: slice.contexts ?? "own",
    bos: slice.prepend_bos === (card?.prepend_bos ?? null) ? null : (slice.prepend_bos ?? null),
    window: slice.window ?? WHOLE,
    resolution: slice.resolution ?? 65,
    exact: slice.exact ?? true,
    tilt: slice.tilt ?? null,
  };
}

/** What is asked of a model that brings no first view of its own. */
const PROMPTS: Three<string> = [
  "The capital of France is",
  "The capital of Japan is",
  "The capital of Peru is",
];

/** The view the page opens with: the catalogue's, else the largest listed model's. */
export function firstView(catalogue: Catalogue | null): View {
  if (catalogue?.default) return { ...askedBy(catalogue.default, catalogue), ...DRAWN };
  const card = catalogue?.models.at(-1);
  return {
    ...DRAWN,
    model: card?.name ?? "",
    revision: card?.revisions.at(-1)?.revision ?? "main",
    revisions: null,
    dtype: "float32",
    prompts: PROMPTS,
    layer: card?.write_layer ?? 0,
    distance: (card?.distance ?? "hellinger") as Distance,
    contexts: "own",
    bos: null,
    window: WHOLE,
    resolution: 65,
    exact: false,
    tilt: null,
  };
}
