/**
 * Where answers come from: a server, unless the page was given another source before it opened (a folder of files, the
 * page's own file). Results are immutable and named by their keys, so that a source of files alone can answer.
 */
import * as server from "./client";
import { events } from "./events";
import type { AnyRequest, Catalogue, ModelDocument, Offer, Ticket, WireEvent } from "./types";

/** All methods throw `Refused` with the reason in words, or `Unreachable` when no answer comes. */
export interface Source {
  /** What can be asked. */
  catalogue(): Promise<Catalogue>;
  /** Everything that is known of one model; `refresh` asks the hub anew for its checkpoints. */
  model(name: string, refresh?: boolean): Promise<ModelDocument>;
  /** What a request would cost, and what of it is there; nothing is begun. */
  offer(request: AnyRequest, signal?: AbortSignal): Promise<Offer>;
  /** Ask; the ticket has the result's key, and says `done` where the result is there already. */
  ask(request: AnyRequest): Promise<Ticket>;
  /** What happens until `done` or `refused`; aborting the signal ends it quietly. */
  events(key: string, signal: AbortSignal): AsyncIterable<WireEvent>;
  /** Nobody waits for it any more; failing to say so does no harm. */
  cancel(key: string): Promise<void>;
  /** The bytes of a result file, of a part as of a whole. */
  result(key: string, signal?: AbortSignal): Promise<ArrayBuffer>;
  /** A result as a file of another kind (`csv`, `svg`, `npz`), where the source can write it. */
  file(key: string, kind: string): Promise<ArrayBuffer>;
  /** Whether it answers at all. */
  alive(): Promise<boolean>;
}

export const SERVER: Source = {
  catalogue: server.catalogue,
  model: server.model,
  offer: server.offer,
  ask: (request) => server.post(request),
  events,
  cancel: server.cancel,
  result: (key, signal) => server.result(`/api/v1/results/${key}`, signal),
  file: (key, kind) => server.result(`/api/v1/results/${key}.${kind}`),
  alive: server.alive,
};

export let source: Source = SERVER;

/** From now on everything is answered by another source. */
export function answerFrom(other: Source): void {
  source = other;
}
