import { expect, test } from "vitest";
import { exampleSlice, fileOf } from "../field/example";
import { sliceOf } from "../field/slice";
import { DecodeError, decodeResult, type ResultFile } from "./decode";

/** safetensors bytes; `pad` spaces after the header move the arrays off their alignment. */
function encode({ arrays, metadata }: ResultFile, pad = 0): ArrayBuffer {
  const header: Record<string, unknown> = {
    __metadata__: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  };
  let at = 0;
  for (const [name, { dtype, shape, data }] of arrays) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.byteLength] };
    at += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header) + " ".repeat(pad));
  const bytes = new Uint8Array(8 + text.length + at);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  at = 8 + text.length;
  for (const { data } of arrays.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes.buffer;
}

const file = fileOf(exampleSlice(9));

test("every array and every metadata value comes back, wherever in the file the arrays begin", () => {
  for (const pad of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const back = decodeResult(encode(file, pad));
    expect(back.metadata).toEqual(file.metadata);
    expect([...back.arrays.keys()]).toEqual([...file.arrays.keys()]);
    for (const [name, array] of file.arrays) expect(back.arrays.get(name)).toEqual(array);
  }
});

test("all five types of number are read", () => {
  const arrays: ResultFile["arrays"] = new Map([
    ["f32", { dtype: "F32", shape: [2], data: Float32Array.of(0.1, Number.NaN) }],
    ["f64", { dtype: "F64", shape: [1, 1], data: Float64Array.of(Math.PI) }],
    ["i32", { dtype: "I32", shape: [1], data: Int32Array.of(-7) }],
    ["i64", { dtype: "I64", shape: [1], data: BigInt64Array.of(-(2n ** 60n)) }],
    ["u8", { dtype: "U8", shape: [3], data: Uint8Array.of(1, 2, 255) }],
    ["none", { dtype: "F32", shape: [0, 3], data: Float32Array.of() }],
  ] as const);
  expect(decodeResult(encode({ arrays, metadata: {} }, 3)).arrays).toEqual(arrays);
});

test("a slice is the same after a journey through its file", () => {
  const slice = exampleSlice(17);
  expect({ ...sliceOf(decodeResult(encode(fileOf(slice)))), meta: {} }).toEqual(slice);
});

test("bytes that are no result file are refused in words", () => {
  const whole = encode(file);
  const text = new TextEncoder().encode("<!doctype html><p>404</p>").buffer;
  expect(() => decodeResult(new ArrayBuffer(3))).toThrow(
    new DecodeError("3 bytes are too few for a result file."),
  );
  expect(() => decodeResult(text)).toThrow(/^The header says \d+ bytes, but only 17 follow\.$/);
  expect(() => decodeResult(whole.slice(0, whole.byteLength - 1))).toThrow(
    /“curve” of shape \[101\] does not fit/,
  );
});

test("a type that is not known is named", () => {
  const bytes = new Uint8Array(encode(file));
  const at = new TextDecoder("latin1").decode(bytes).indexOf('"F32"');
  bytes.set(new TextEncoder().encode('"F16"'), at);
  expect(() => decodeResult(bytes.buffer)).toThrow(
    'has the type "F16"; known are F32,F64,I32,I64,I8,U32,U8.',
  );
});

test("another analysis' result is not a slice, and the message says what is missing", () => {
  expect(() => sliceOf({ arrays: new Map(), metadata: {} })).toThrow(
    "This result has no array “alpha”; it is not a slice.",
  );
});
