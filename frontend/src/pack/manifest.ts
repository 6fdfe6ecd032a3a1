/** What a pack says of itself, as `backend/stable_regions/packs/manifest.py` writes it. A pack may come from anybody. */
import { isObject, type Json } from "../api/decode";

const VERSION = 1;

export interface PackedView {
  /** From its `#` on. */
  readonly link: string;
  readonly title: string;
  readonly notes: string;
  readonly through: boolean;
  readonly requests: readonly Json[];
  readonly keys: readonly string[];
  readonly gaps: readonly string[];
}

export interface PackedResult {
  /** Of the safetensors file, and as it is stored. */
  readonly bytes: number;
  readonly stored: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly title: string;
  readonly madeBy: string;
  readonly views: readonly PackedView[];
  readonly results: ReadonlyMap<string, PackedResult>;
  readonly answers: readonly { readonly request: Json; readonly key: string }[];
  readonly defaults: ReadonlyMap<string, ReadonlyMap<string, Json>>;
  readonly documents: ReadonlyMap<string, Json>;
}

/** Largest result that is unpacked, bytes: what a greater one says of itself is not believed. */
const LARGEST = 2 ** 28;

const DIGEST = /^[0-9a-f]{64}$/;

/** The manifest, or an error that says what is wrong with it. */
export function manifestOf(found: Json): Manifest {
  if (!isObject(found) || found["format"] !== "stable-regions-pack")
    throw new Error("It is no pack of Stable Regions Explorer.");
  if (found["version"] !== VERSION)
    throw new Error(
      `It is a pack of version ${String(found["version"]).slice(0, 20)}; this page reads version ${VERSION}. Pack it again with the program of this page.`,
    );
  const results = new Map<string, PackedResult>();
  for (const [key, row] of entries(found["results"])) {
    if (!DIGEST.test(key) || !isObject(row)) throw broken("results");
    const [bytes, stored, sha256] = [whole(row["bytes"]), whole(row["stored"]), String(row["sha256"])];
    if (bytes > LARGEST || !DIGEST.test(sha256)) throw broken(`the result ${key.slice(0, 12)}`);
    results.set(key, { bytes, stored, sha256 });
  }
  return {
    title: text(found["title"] ?? ""),
    madeBy: text(found["made_by"] ?? ""),
    views: list(found["views"]).map(viewOf),
    results,
    answers: list(found["answers"]).map((row) => {
      if (!isObject(row) || !results.has(String(row["key"]))) throw broken("answers");
      return { request: row["request"] ?? null, key: String(row["key"]) };
    }),
    defaults: new Map(entries(found["defaults"]).map(([name, row]) => [name, new Map(entries(row))])),
    documents: new Map(entries(found["documents"] ?? {})),
  };
}

function viewOf(row: Json): PackedView {
  if (!isObject(row)) throw broken("views");
  const link = text(row["link"]);
  if (!link.startsWith("#")) throw broken("a view's link");
  return {
    link,
    title: text(row["title"] ?? ""),
    notes: text(row["notes"] ?? ""),
    through: row["through"] === true,
    requests: list(row["requests"] ?? []),
    keys: list(row["keys"] ?? []).map(text),
    gaps: list(row["gaps"] ?? []).map(text),
  };
}

const broken = (what: string): Error => new Error(`Its list of contents is broken: ${what}.`);

function entries(value: Json | undefined): [string, Json][] {
  if (value === undefined || !isObject(value)) throw broken("a list by name");
  return Object.entries(value) as [string, Json][];
}

function list(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw broken("a list");
  return value;
}

function text(value: Json | undefined): string {
  if (typeof value !== "string") throw broken("a text");
  return value;
}

function whole(value: Json | undefined): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) throw broken("a size");
  return value;
}
