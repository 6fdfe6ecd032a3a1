/** The memories on show: one of each rule, made in workers, and the label map of the one that is chosen. */
import { signal } from "@preact/signals";
import packedUrl from "../../../../backend/stable_regions/suites/images/digits.bin?url";
import { memoriesView, RULE_NAMES } from "./link";
import { type Digits, digitsOf, meanOf, TRAINING } from "./network/digits";
import type { LabelMap } from "./network/labels";
import type { Memory, Rule } from "./network/memory";
import type { Asked, Told } from "./worker";

/** Sides of the label map: first a coarse one, then the one to look at. */
const SIDES = [17, 49] as const;

/** The digits; null until they are here. */
export const digits = signal<Digits | null>(null);
/** Why the digits are not here. */
export const lost = signal<string | null>(null);

export interface Held {
  /** How far storing is, from 0 to 1. */
  readonly storing: number;
  readonly memory: Memory | null;
  readonly map: LabelMap | null;
  /** How far the map that is being made is; null where none is. */
  readonly mapping: number | null;
}

const NOTHING: Held = { storing: 0, memory: null, map: null, mapping: null };

const blank = (): ReadonlyMap<Rule, Held> => new Map(RULE_NAMES.map((rule) => [rule, NOTHING]));

export const held = signal<ReadonlyMap<Rule, Held>>(blank());

export function heldOf(rule: Rule): Held {
  return held.value.get(rule) ?? NOTHING;
}

function put(rule: Rule, patch: Partial<Held>): void {
  held.value = new Map(held.peek()).set(rule, { ...(held.peek().get(rule) ?? NOTHING), ...patch });
}

let packed: Uint8Array | null = null;
let workers = new Map<Rule, Worker>();
let made = "";

/** The mean training digit. */
export function meanDigit(found: Digits): Float64Array {
  return meanOf(found.images.slice(0, TRAINING));
}

export async function fetchDigits(): Promise<void> {
  if (packed) return;
  lost.value = null;
  try {
    const answer = await fetch(packedUrl);
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    packed = new Uint8Array(await answer.arrayBuffer());
    digits.value = digitsOf(packed);
  } catch (error) {
    lost.value = error instanceof Error ? error.message : String(error);
  }
}

/** Makes the three memories, unless they are those that are asked for. */
export function storeAll(): void {
  const { stored, seed } = memoriesView.peek();
  if (!packed || made === `${stored},${seed}`) return;
  made = `${stored},${seed}`;
  dismiss();
  for (const rule of byUrgency()) {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    workers.set(rule, worker);
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => hear(rule, worker, data));
    send(worker, { kind: "store", packed, rule, stored, seed });
  }
}

/** Asks for the label map of the chosen rule, coarse first; a map that is there stays. */
export function mapChosen(): void {
  const { rule } = memoriesView.peek();
  const worker = workers.get(rule);
  const now = held.peek().get(rule);
  if (!worker || !now?.memory || now.map || now.mapping !== null) return;
  put(rule, { mapping: 0 });
  for (const side of SIDES) send(worker, { kind: "labels", side });
}

/** Ends the workers; what they made is forgotten. */
export function dismiss(): void {
  for (const worker of workers.values()) worker.terminate();
  workers = new Map();
  held.value = blank();
}

/** Forgets what was made, so that coming back makes it anew. */
export function leave(): void {
  dismiss();
  made = "";
}

function byUrgency(): readonly Rule[] {
  const { rule } = memoriesView.peek();
  return [rule, ...RULE_NAMES.filter((one) => one !== rule)];
}

function send(worker: Worker, asked: Asked): void {
  worker.postMessage(asked);
}

function hear(rule: Rule, worker: Worker, told: Told): void {
  if (workers.get(rule) !== worker) return;
  if (told.kind === "storing") put(rule, { storing: told.share });
  else if (told.kind === "memory") {
    put(rule, { memory: told.memory, storing: 1 });
    mapChosen();
  } else if (told.kind === "mapping") put(rule, { mapping: told.share });
  else put(rule, { map: told.map, mapping: told.map.side === SIDES.at(-1) ? null : 0 });
}
