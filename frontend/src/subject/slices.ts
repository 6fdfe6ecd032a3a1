/** Slices that the page has, whatever room they came in, so that another room can show them at once. */
import type { SliceRequest } from "../api/types";
import type { Slice } from "../field/slice";
import { sameWindow } from "../field/view";

interface Had {
  readonly request: SliceRequest;
  readonly slice: Slice;
}

/** How many are remembered; a film of sixteen and what was looked at before it. */
const KEPT = 64;

const had = new Map<string, Had>();

/** What a slice shows apart from its grid and its window; what is not said of it is as its model has it. */
function placeOf({ model, prompts, write_layer, distance, contexts, tilt }: SliceRequest): string {
  const { name, revision = "main", dtype = "float32" } = model;
  return JSON.stringify([name, revision, dtype, prompts, write_layer, distance, contexts, tilt ?? null]);
}

/** Keeps the finest of a place. */
export function remember(request: SliceRequest, slice: Slice): void {
  const place = placeOf(request);
  const before = had.get(place);
  if (before && sameSampling(before.request, request) && before.slice.nx > slice.nx) return;
  had.delete(place);
  had.set(place, { request, slice });
  for (const old of [...had.keys()].slice(0, -KEPT)) had.delete(old);
}

/** A slice of the same place and window, on whatever grid; undefined where the page has none. */
export function recalled(request: SliceRequest): Slice | undefined {
  const found = had.get(placeOf(request));
  return found && sameSampling(found.request, request) ? found.slice : undefined;
}

/** The answer of the server names what a request leaves open. */
function sameSampling(one: SliceRequest, other: SliceRequest): boolean {
  const [a, b] = [one.prepend_bos ?? null, other.prepend_bos ?? null];
  const bos = a === null || b === null || a === b;
  return (
    bos && (one.window && other.window ? sameWindow(one.window, other.window) : one.window === other.window)
  );
}
