/** The words on the wire under the names the page uses. Everything here comes from the server's own schema. */
import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type ModelCard = Schemas["ModelCard"];
export type FamilyCard = Schemas["FamilyCard"];
export type RevisionCard = Schemas["RevisionCard"];
export type SliceRequest = Schemas["SliceRequest"];
export type PointRequest = Schemas["PointRequest"];
export type AnimationRequest = Schemas["AnimationRequest"];
export type AnyRequest = SliceRequest | PointRequest | AnimationRequest;
export type Ticket = Schemas["Ticket"];
export type Estimate = Schemas["Estimate"];
export type Problem = Schemas["ProblemDocument"];
export type Distance = SliceRequest["distance"];
export type Contexts = SliceRequest["contexts"];
export type Resolution = SliceRequest["resolution"];
export type Window = NonNullable<SliceRequest["window"]>;

/** A card of the gallery; its request is an animation request as it is posted. */
export type Preset = Omit<Schemas["Preset"], "request"> & { request: AnimationRequest };

/** Everything the page must know before it can ask. */
export interface Catalogue {
  models: ModelCard[];
  families: FamilyCard[];
  distances: { name: string; text: string }[];
  resolutions: number[];
  presets: Preset[];
  default: AnimationRequest;
  version: string;
}

/** The part a `ready` or `skipped` event is about: a slice at one level of one checkpoint. */
export interface ProgressEvent {
  event: "progress";
  stage: string;
  done: number;
  total: number;
  seconds_left: number | null;
}
export interface ReadyEvent {
  event: "ready";
  key: string;
  url: string;
  request: SliceRequest;
}
export interface SkippedEvent {
  event: "skipped";
  request: SliceRequest;
  problem: Problem;
}
export interface DoneEvent {
  event: "done";
  key: string;
  url: string;
}
export interface RefusedEvent {
  event: "refused";
  problem: Problem;
}
export type WireEvent = ProgressEvent | ReadyEvent | SkippedEvent | DoneEvent | RefusedEvent;
