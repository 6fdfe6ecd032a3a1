/**
 * A result as NumPy's NPZ: a zip of `.npy` files, one for each array, and `meta`, the metadata as one JSON text.
 * `numpy.load` reads it without pickle.
 */

import { zipSync } from "fflate";
import type { Json, NamedArray, ResultFile } from "../api/decode";

const DESCR: Readonly<Record<NamedArray["dtype"], string>> = {
  F32: "<f4",
  F64: "<f8",
  I32: "<i4",
  I64: "<i8",
  I8: "|i1",
  U32: "<u4",
  U8: "|u1",
};

/** The bytes of the `.npz`. */
export function npz(file: ResultFile): Uint8Array<ArrayBuffer> {
  const entries: Record<string, Uint8Array> = { "meta.npy": text(canonical(file.metadata)) };
  for (const [name, array] of file.arrays) {
    const { buffer, byteOffset, byteLength } = array.data;
    entries[`${name}.npy`] = npy(
      DESCR[array.dtype],
      array.shape,
      new Uint8Array(buffer, byteOffset, byteLength),
    );
  }
  return zipSync(entries, { level: 6 });
}

/** A `.npy` (format 1.0): magic, version, header length, a Python dictionary padded to 64 bytes, then the data. */
export function npy(descr: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const fields = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const header = fields.padEnd(Math.ceil((fields.length + 11) / 64) * 64 - 11, " ");
  const file = new Uint8Array(11 + header.length + bytes.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(file.buffer).setUint16(8, header.length + 1, true);
  for (let n = 0; n < header.length; n++) file[10 + n] = header.charCodeAt(n);
  file[10 + header.length] = 10;
  file.set(bytes, 11 + header.length);
  return file;
}

/** A text as a 0-dimensional Unicode array: four bytes a code point. */
function text(value: string): Uint8Array {
  const points = Array.from(value, (letter) => letter.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(4 * points.length));
  points.forEach((point, n) => {
    view.setUint32(4 * n, point, true);
  });
  return npy(`<U${points.length}`, [], new Uint8Array(view.buffer));
}

/** JSON with sorted names, as the Python side writes it. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, part: Json) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
