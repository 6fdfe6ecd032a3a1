/** Arrays of a result by name, or a sentence that says what is wrong with them. */

import { DecodeError, isObject, type NamedArray, type ResultFile } from "../api/decode";

type Of<Dtype extends NamedArray["dtype"]> = Extract<NamedArray, { dtype: Dtype }>["data"];

/** An array of one type, of a given size where one is given. */
export function arrayOf<Dtype extends NamedArray["dtype"]>(
  file: ResultFile,
  name: string,
  dtype: Dtype,
  size?: number,
): Of<Dtype> {
  const found = file.arrays.get(name);
  if (found?.dtype !== dtype) {
    throw new DecodeError(`Array “${name}” is ${found?.dtype ?? "not there"}; ${dtype} was expected.`);
  }
  if (size !== undefined && found.data.length !== size) {
    throw new DecodeError(`Array “${name}” has ${found.data.length} values where ${size} were expected.`);
  }
  return found.data as Of<Dtype>;
}

export const floats = (file: ResultFile, name: string, size?: number): Float32Array =>
  arrayOf(file, name, "F32", size);

export const ints = (file: ResultFile, name: string, size?: number): Int32Array =>
  arrayOf(file, name, "I32", size);

/** A scalar that is kept as an array of one. */
export function scalar(file: ResultFile, name: string): number {
  const found = file.arrays.get(name);
  if (found?.data.length !== 1) throw new DecodeError(`“${name}” is not one number.`);
  return Number(found.data[0]);
}

/** Texts of tokens by id, as the metadata lists them. */
export function tokensOf(file: ResultFile): ReadonlyMap<number, string> {
  const table = file.metadata["tokens"];
  return new Map(
    Object.entries(isObject(table) ? table : {}).flatMap(([id, text]) =>
      typeof text === "string" ? [[Number(id), text] as const] : [],
    ),
  );
}
