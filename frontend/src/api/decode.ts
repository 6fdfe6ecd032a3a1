/**
 * Results arrive as safetensors: eight bytes of length, a JSON header, then the arrays one after another.
 *
 * The header maps names to `{dtype, shape, data_offsets}`, and `__metadata__` to texts. Every text is itself JSON
 * (the recipe, units, provenance). Numbers are little-endian, as typed arrays are on every machine with a browser.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

interface Of<Dtype extends string, Data> {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Row-major; its length is the product of `shape`. */
  readonly data: Data;
}

export type NamedArray =
  | Of<"F32", Float32Array>
  | Of<"F64", Float64Array>
  | Of<"I32", Int32Array>
  | Of<"I64", BigInt64Array>
  | Of<"I8", Int8Array>
  | Of<"U32", Uint32Array>
  | Of<"U8", Uint8Array>;

export interface ResultFile {
  readonly arrays: ReadonlyMap<string, NamedArray>;
  readonly metadata: Readonly<Record<string, Json>>;
}

/** The bytes are not what was expected; the message says what was found. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

const MAKERS = {
  F32: { bytes: 4, of: (b: ArrayBuffer, o: number, n: number) => new Float32Array(b, o, n) },
  F64: { bytes: 8, of: (b: ArrayBuffer, o: number, n: number) => new Float64Array(b, o, n) },
  I32: { bytes: 4, of: (b: ArrayBuffer, o: number, n: number) => new Int32Array(b, o, n) },
  I64: { bytes: 8, of: (b: ArrayBuffer, o: number, n: number) => new BigInt64Array(b, o, n) },
  I8: { bytes: 1, of: (b: ArrayBuffer, o: number, n: number) => new Int8Array(b, o, n) },
  U32: { bytes: 4, of: (b: ArrayBuffer, o: number, n: number) => new Uint32Array(b, o, n) },
  U8: { bytes: 1, of: (b: ArrayBuffer, o: number, n: number) => new Uint8Array(b, o, n) },
} as const;

type Dtype = keyof typeof MAKERS;

/** The arrays and metadata of a result file. Arrays are views into `buffer` where alignment allows, else copies. */
export function decodeResult(buffer: ArrayBuffer): ResultFile {
  if (buffer.byteLength < 8) {
    throw new DecodeError(`${buffer.byteLength} bytes are too few for a result file.`);
  }
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  if (length > buffer.byteLength - 8) {
    throw new DecodeError(`The header says ${length} bytes, but only ${buffer.byteLength - 8} follow.`);
  }
  const header = jsonObject(new TextDecoder().decode(new Uint8Array(buffer, 8, length)), "the header");
  const arrays = new Map<string, NamedArray>();
  let metadata: Record<string, Json> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") metadata = texts(entry);
    else arrays.set(name, array(name, entry, buffer, 8 + length));
  }
  return { arrays, metadata };
}

function array(name: string, entry: Json, buffer: ArrayBuffer, start: number): NamedArray {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  if (typeof dtype !== "string" || !(dtype in MAKERS)) {
    throw new DecodeError(
      `Array “${name}” has the type ${JSON.stringify(dtype)}; known are ${Object.keys(MAKERS)}.`,
    );
  }
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw new DecodeError(`Array “${name}” does not say its shape and place.`);
  }
  const [from = 0, to = 0] = offsets;
  const kind = dtype as Dtype;
  const size = shape.reduce((product, n) => product * n, 1);
  if (to - from !== size * MAKERS[kind].bytes || start + to > buffer.byteLength) {
    throw new DecodeError(
      `Array “${name}” of shape [${shape}] does not fit bytes ${from} to ${to} of the file.`,
    );
  }
  const aligned = (start + from) % MAKERS[kind].bytes === 0;
  const [source, offset] = aligned ? [buffer, start + from] : [buffer.slice(start + from, start + to), 0];
  return { dtype: kind, shape, data: MAKERS[kind].of(source, offset, size) } as NamedArray;
}

function texts(entry: Json): Record<string, Json> {
  if (!isObject(entry)) throw new DecodeError("The metadata is not a table of texts.");
  const values: Record<string, Json> = {};
  for (const [name, text] of Object.entries(entry)) {
    if (typeof text !== "string") throw new DecodeError(`Metadata “${name}” is not a text.`);
    values[name] = json(text, `metadata “${name}”`);
  }
  return values;
}

function json(text: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new DecodeError(`This is not a result file: ${what} is not JSON.`);
  }
}

function jsonObject(text: string, what: string): Readonly<Record<string, Json>> {
  const value = json(text, what);
  if (!isObject(value)) throw new DecodeError(`This is not a result file: ${what} is not a table.`);
  return value;
}

function isCounts(value: Json | undefined): value is readonly number[] {
  return (
    Array.isArray(value) && value.every((n: Json) => typeof n === "number" && Number.isInteger(n) && n >= 0)
  );
}

/** Whether a JSON value is a table of names. */
export function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
