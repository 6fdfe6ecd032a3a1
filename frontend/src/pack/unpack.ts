/** One file of a pack made whole again, and checked: nothing larger than was said, and nothing else than was said. */
import type { PackedResult } from "./manifest";

/** The safetensors file, or an error that says what is wrong. */
export async function unpacked(
  stored: ArrayBuffer,
  { bytes, sha256 }: PackedResult,
  name: string,
): Promise<ArrayBuffer> {
  const file = new Uint8Array(bytes);
  let at = 0;
  const reader = new Blob([stored]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error(`The result ${name} of this pack is damaged: it cannot be unpacked.`);
    });
    if (done) break;
    if (at + value.length > bytes) {
      await reader.cancel();
      throw new Error(`The result ${name} of this pack is larger than the pack says; it was not read.`);
    }
    file.set(value, at);
    at += value.length;
  }
  if (at !== bytes) throw new Error(`The result ${name} of this pack is cut off.`);
  // Browsers hash in secure contexts only; elsewhere the length and the file's own key have to do.
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", file);
  if (digest && hex(digest) !== sha256)
    throw new Error(`The result ${name} of this pack is not what it says.`);
  return file.buffer;
}

const hex = (digest: ArrayBuffer): string =>
  [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
