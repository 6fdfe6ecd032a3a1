/**
 * Which requests are one question: equal texts. Fields that are left open are filled in, so that it does not matter who
 * wrote them out; of what is asked over checkpoints it does not matter which of them is on screen.
 */
import { isObject, type Json } from "../api/decode";

export type Defaults = ReadonlyMap<string, ReadonlyMap<string, Json>>;

/** Where the checkpoint on screen stands in a request over several. */
const OVER: ReadonlyMap<string, string> = new Map([
  ["animation", "slice"],
  ["sweep", "request"],
]);

export function sameText(request: Json, defaults: Defaults): string {
  if (!isObject(request)) return write(request, defaults, "");
  const inner = OVER.get(String(request["analysis"]));
  const within = inner ? request[inner] : undefined;
  const over = Array.isArray(request["revisions"]) && request["revisions"].length > 0;
  if (inner && over && isObject(within) && isObject(within["model"])) {
    const model = { ...within["model"], revision: null };
    return write({ ...request, [inner]: { ...within, model } }, defaults, "", true);
  }
  return write(request, defaults, "");
}

/** Canonical JSON: keys sorted, nulls left out, defaults filled in; `open`: no checkpoint's default. */
function write(value: Json, defaults: Defaults, name: string, open = false): string {
  if (Array.isArray(value)) return `[${value.map((one) => write(one, defaults, "", open)).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const analysis = value["analysis"];
  const base = defaults.get(typeof analysis === "string" ? analysis : name === "model" ? "model" : "");
  const fields = new Map<string, Json>(base ?? []);
  if (open && name === "model") fields.delete("revision");
  for (const [field, one] of Object.entries(value) as [string, Json][])
    if (one !== null) fields.set(field, one);
  return `{${[...fields]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, one]) => `${JSON.stringify(field)}:${write(one, defaults, field, open)}`)
    .join()}}`;
}
