/** The words on the wire under the names the page uses. Everything here comes from the server's own schema. */
import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type ModelCard = Schemas["ModelCard"];
export type FamilyCard = Schemas["FamilyCard"];
export type RepositoryCard = Schemas["RepositoryCard"];
export type RevisionCard = Schemas["RevisionCard"];
export type SliceRequest = Schemas["SliceRequest"];
export type PointRequest = Schemas["PointRequest"];
export type AnimationRequest = Schemas["AnimationRequest"];
export type RegionsRequest = Schemas["RegionsRequest"];
export type TimelineRequest = Schemas["TimelineRequest"];
export type VeilRequest = Schemas["VeilRequest"];
export type ProjectionRequest = Schemas["ProjectionRequest"];
export type CurveRequest = Schemas["CurveRequest"];
export type LineRequest = Schemas["LineRequest"];
export type SweepRequest = Schemas["SweepRequest"];
/** A request as it may be asPosted: what has a default may be left out, and the server writes it out. */
type Posted<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Posted<T[K]> }
  : T extends object
    ? { [K in keyof T]?: Posted<T[K]> }
    : T;

/** The request that the server makes of one in which defaults are left out. Of those, only what was said may be read. */
export function asPosted<R extends AnyRequest>(request: Posted<R> & Pick<R, "analysis">): R {
  return request as R;
}

/** A sweep of requests of one kind. */
export type SweepOf<R extends SweepRequest["request"]> = Omit<SweepRequest, "request"> & {
  readonly request: R;
};
export type StudyRequest = Schemas["StudyRequest"];
export type StudyCellRequest = Schemas["StudyCellRequest"];
export type MeaningRequest = Schemas["MeaningRequest"];
export type PresentationRequest = Schemas["PresentationRequest"];
export type BeliefRequest = Schemas["BeliefRequest"];
export type BeliefFilmRequest = Schemas["BeliefFilmRequest"];
export type OrbitRequest = Schemas["OrbitRequest"];
export type BifurcationRequest = Schemas["BifurcationRequest"];
export type PhaseDiagramRequest = Schemas["PhaseDiagramRequest"];
export type BeliefPlaneRequest = Schemas["BeliefPlaneRequest"];
export type BeliefTrainingRequest = Schemas["BeliefTrainingRequest"];
export type Offer = Omit<Schemas["Offer"], "ready"> & {
  readonly ready: readonly { readonly key: string; readonly url: string; readonly request: AnyRequest }[];
};
export type PaperPair = Schemas["PaperPair"];
/** Whatever can be asPosted. */
export type AnyRequest = Schemas["AnyRequest"];
export type Analysis = AnyRequest["analysis"];
/** The request of an analysis. */
export type RequestOf<A extends Analysis> = Extract<AnyRequest, { analysis: A }>;
export type Ticket = Schemas["Ticket"];
/** A checkpoint that cannot be had, and why. */
export type MissingCheckpoint = Schemas["MissingCheckpoint"];
export type Estimate = Schemas["Estimate"];
export type ModelDocument = Schemas["ModelDocument"];
export type Problem = Schemas["ProblemDocument"];
export type Distance = SliceRequest["distance"];
export type Dtype = Schemas["ModelRef"]["dtype"];
export type Contexts = SliceRequest["contexts"];
export type Resolution = SliceRequest["resolution"];
export type Window = NonNullable<SliceRequest["window"]>;

/** A card of the gallery; its request is an animation request as it is asPosted. */
export type Preset = Omit<Schemas["Preset"], "request"> & { request: AnimationRequest };

/** Everything the page must know before it can ask; `default` is null where the bundled models are missing. */
export type Catalogue = Omit<
  Schemas["CatalogueDocument"],
  "presets" | "default" | "studies" | "comparisons"
> & {
  presets: Preset[];
  default: AnimationRequest | null;
  studies: StudyRequest[];
  comparisons: SweepOf<MeaningRequest>[];
};

export type ProgressEvent = Schemas["ProgressEvent"];
export type DoneEvent = Schemas["DoneEvent"];
export type RefusedEvent = Schemas["RefusedEvent"];
/** A part is a request of its own: a frame, a cell, a coarser level. */
export type ReadyEvent = Omit<Schemas["PartReadyEvent"], "request"> & { request: AnyRequest };
export type SkippedEvent = Omit<Schemas["PartSkippedEvent"], "request"> & { request: AnyRequest };
export type WireEvent = ProgressEvent | ReadyEvent | SkippedEvent | DoneEvent | RefusedEvent;
