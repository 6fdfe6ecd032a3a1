/** Whatever went wrong, in the words of the wire: what was found, and what to do next. */
import { Refused, Unreachable } from "./client";
import type { Problem } from "./types";

/** A refusal's own words; else that no answer came, or that it could not be read. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  const shared = { type: "about:blank", status: 0, detail };
  return error instanceof Unreachable
    ? { ...shared, title: "The server does not answer", next: "Start it with `stable-regions serve`." }
    : {
        ...shared,
        title: "The answer could not be read",
        next: "Reload the page; if it stays, the page and the server may be of different versions.",
      };
}
