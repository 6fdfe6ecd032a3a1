/** What the parts that are fetched later put on the picture and beside it; empty until they are there. */
import { signal } from "@preact/signals";
import type { Problem } from "../../../api/types";
import type { Layer } from "../../../field/overlay";
import type { Land } from "../../../field/regionMap";
import type { Timeline } from "../../../field/timeline";

/** The layer that the view wishes, where the server has to be asked for it. */
export const laid = signal<Layer | null>(null);

export interface Way {
  /** Share of the work that is done; null where none is under way. */
  readonly share: number | null;
  /** Why it cannot be had. */
  readonly problem: Pick<Problem, "title" | "detail" | "next"> | null;
  /** What it says, in a sentence. */
  readonly sentence: string;
}

/** How far the wished layer is, and what it says. */
export const way = signal<Way>({ share: null, problem: null, sentence: "" });

/** Regions drawn instead of the picture's own names. */
export const drawnOverlay = signal<Land | null>(null);

/** (α, β) of the further prompts. */
export const stands = signal<readonly (readonly [number, number])[]>([]);

/** How regions formed, once it is known of the plane on screen; and how much of it is there while it is computed. */
export const told = signal<Timeline | null>(null);
export const telling = signal<number | null>(null);

/** Checkpoints at which most changes, and what. */
export const marks = signal<ReadonlyMap<string, string>>(new Map());
