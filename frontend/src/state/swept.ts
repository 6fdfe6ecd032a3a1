/** Asking for a sweep: one request at many checkpoints and layers, each cell fetched as it becomes ready. */
import { result } from "../api/client";
import { decodeResult, type ResultFile } from "../api/decode";
import type { AnyRequest, Problem, SweepRequest } from "../api/types";
import { answered } from "./answer";

/** What is swept, at one checkpoint and layer. */
export type Cell = SweepRequest["request"];

interface Hearing {
  readonly cell: (request: Cell, file: ResultFile) => void;
  readonly skipped?: (request: Cell, problem: Problem) => void;
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

  // Parts are cells, whatever the types of the events' other users say.
  const whole = await answered(request as AnyRequest, signal, {
    ready: (event) => {
      if (event.request.analysis !== ("sweep" as string)) want(event.request as Cell, event.url);
    },
    skipped: (event) => hear.skipped?.(event.request as Cell, event.problem),
  });
  if (!whole) return;
  for (const { key, request } of rows<{ key: string; request: Cell }>(whole, "cells"))
    want(request, `/api/v1/results/${key}`);
  for (const { request, problem } of rows<{ request: Cell; problem: Problem }>(whole, "skipped"))
    hear.skipped?.(request, problem);
  if (free < TOGETHER || waiting.length > 0)
    await new Promise<void>((resolve) => {
      idle = resolve;
      signal.addEventListener("abort", () => resolve());
    });
  if (failure && !signal.aborted) throw failure;
}

function rows<T>(file: ResultFile, name: string): readonly T[] {
  return (file.metadata[name] ?? []) as unknown as readonly T[];
}
