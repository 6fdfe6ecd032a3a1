/** Asking for a sweep: one request at many checkpoints and layers, each cell fetched as it becomes ready. */
import { result } from "../api/client";
import { decodeResult, type ResultFile } from "../api/decode";
import type { AnyRequest, Problem, SweepRequest } from "../api/types";
import { type Hearing as Answering, answered } from "./answer";

/** What is swept, at one checkpoint and layer. */
export type Cell = SweepRequest["request"];

interface Skipping {
  readonly skipped?: (request: Cell, problem: Problem) => void;
}

interface Hearing extends Skipping {
  readonly cell: (request: Cell, file: ResultFile) => void;
}

interface Announced extends Skipping, Pick<Answering, "progress" | "agreed"> {
  /** A cell, or a coarser level of it, is ready there; the same may be said again. */
  readonly ready: (request: Cell, url: string) => void;
}

/** Cells that are fetched at once. */
const TOGETHER = 4;

/** Resolves when every cell is there, or the signal is aborted; throws as `answered` does. */
export async function swept(request: SweepRequest, signal: AbortSignal, hear: Hearing): Promise<void> {
  const seen = new Set<string>();
  const waiting: (() => Promise<void>)[] = [];
  let free = TOGETHER;
  let failure: unknown = null;
  let idle = (): void => undefined;

  const pump = (): void => {
    while (free > 0 && waiting.length > 0 && !signal.aborted) {
      free--;
      const next = waiting.shift() as () => Promise<void>;
      next()
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => {
          free++;
          pump();
        });
    }
    if (free === TOGETHER) idle();
  };
  const want = (cell: Cell, url: string): void => {
    const key = url.slice(url.lastIndexOf("/") + 1);
    if (seen.has(key)) return;
    seen.add(key);
    waiting.push(async () => {
      const file = decodeResult(await result(url, signal));
      if (!signal.aborted) hear.cell(cell, file);
    });
    pump();
  };

  if (!(await announced(request, signal, { ...hear, ready: want }))) return;
  if (free < TOGETHER || waiting.length > 0)
    await new Promise<void>((resolve) => {
      idle = resolve;
      signal.addEventListener("abort", () => resolve());
    });
  if (failure && !signal.aborted) throw failure;
}

/** Hears of every cell and gap of a sweep, as they come and once more at its end; false where the signal was aborted. */
export async function announced(
  request: SweepRequest,
  signal: AbortSignal,
  { ready, skipped, ...more }: Announced,
): Promise<boolean> {
  // Parts are cells, whatever the types of the events' other users say.
  const whole = await answered(request as AnyRequest, signal, {
    ...more,
    ready: (event) => {
      if (event.request.analysis !== ("sweep" as string)) ready(event.request as Cell, event.url);
    },
    skipped: (event) => skipped?.(event.request as Cell, event.problem),
  });
  if (!whole) return false;
  for (const { key, request } of rows<{ key: string; request: Cell }>(whole, "cells"))
    ready(request, `/api/v1/results/${key}`);
  for (const { request, problem } of rows<{ request: Cell; problem: Problem }>(whole, "skipped"))
    skipped?.(request, problem);
  return true;
}

function rows<T>(file: ResultFile, name: string): readonly T[] {
  return (file.metadata[name] ?? []) as unknown as readonly T[];
}
