import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { exampleSlice, fileOf } from "../field/example";
import { npz } from "./npz";

/** Header and data of a `.npy`. */
function read(bytes: Uint8Array | undefined): { header: string; body: Uint8Array } {
  if (!bytes) throw new Error("missing");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  return {
    header: new TextDecoder("latin1").decode(bytes.subarray(10, 10 + length)),
    body: bytes.slice(10 + length),
  };
}

const file = fileOf(exampleSlice(9));
const parts = unzipSync(npz(file));

test("the NPZ has every array under its name, and the metadata", () => {
  expect(Object.keys(parts).sort()).toEqual(
    [...file.arrays.keys(), "meta"].map((name) => `${name}.npy`).sort(),
  );
});

test("an array's header says type and shape, and its bytes are the array's", () => {
  const { header, body } = read(parts["distance.npy"]);
  expect(header.trim()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 9, 9), }");
  expect(new Float32Array(body.buffer)).toEqual(file.arrays.get("distance")?.data);
  expect(read(parts["alpha.npy"]).header).toContain("'shape': (9,), ");
});

test("data begins at a multiple of 64, as NumPy asks", () => {
  for (const bytes of Object.values(parts)) {
    expect((10 + new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true)) % 64).toBe(0);
  }
});

test("the metadata is one JSON text of four bytes a letter", () => {
  const { header, body } = read(parts["meta.npy"]);
  const points = new Uint32Array(body.buffer);
  expect(header).toContain(`'descr': '<U${points.length}', 'fortran_order': False, 'shape': (), `);
  expect(JSON.parse(String.fromCodePoint(...points))).toEqual(file.metadata);
});
