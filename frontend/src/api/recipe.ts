/** What a result says of requests: its own, those of its parts, and what could not be had. Checked once, here. */
import type { ResultFile } from "./decode";
import type { Analysis, AnyRequest, Problem, RequestOf } from "./types";

/** A row of a list that a finished result holds; which of these it has is the list's. */
export interface ListedRow {
  readonly key?: string;
  readonly request?: AnyRequest;
  readonly revision?: string;
  readonly problem?: Problem;
}

/** The rows of a list of a finished result: its `frames`, its `cells`, what was `skipped`. */
export function rowsListed(file: ResultFile, list: "frames" | "cells" | "skipped"): readonly ListedRow[] {
  const rows: unknown = file.metadata[list];
  return isRows(rows) ? rows : [];
}

/** The cells of a finished result that are requests of one analysis. */
export function cellsListed<A extends Analysis>(
  file: ResultFile,
  analysis: A,
): readonly { readonly key: string; readonly request: RequestOf<A> }[] {
  return rowsListed(file, "cells").flatMap(({ key = "", request }) =>
    isRequest(request, analysis) ? [{ key, request }] : [],
  );
}

/** The request that a result answers, where it is of that analysis. */
export function requestAnswered<A extends Analysis>(file: ResultFile, analysis: A): RequestOf<A> | null {
  const recipe: unknown = file.metadata["recipe"];
  return isRequest(recipe, analysis) ? recipe : null;
}

/** Whether a value is a request of an analysis, as the server writes it: with every default written out. */
export function isRequest<A extends Analysis>(value: unknown, analysis: A): value is RequestOf<A> {
  return typeof value === "object" && value !== null && "analysis" in value && value.analysis === analysis;
}

function isRows(value: unknown): value is readonly ListedRow[] {
  return Array.isArray(value) && value.every((row) => typeof row === "object" && row !== null);
}
