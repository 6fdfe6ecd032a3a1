/**
 * A picture that knows what it shows: the recipe as JSON in an iTXt chunk named `stable-regions`, before IEND.
 *
 * iTXt is PNG's chunk for UTF-8 text: keyword, 0, compressed?, method, language, 0, translated keyword, 0, text. Dropped
 * on the page, such a picture restores its view. Pictures made by the Python side carry the same chunk.
 */

import { Unzlib } from "fflate";
import type { Json } from "../api/decode";

export const KEYWORD = "stable-regions";

/** Bytes of a recipe that are read; the server takes requests of 64 KiB. */
const MOST = 2 ** 20;

/** Compressed bytes taken at once: they grow a thousandfold at most. */
const SIP = 1024;

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/** The picture with the recipe inside; an older recipe in it is replaced. */
export function pngWithRecipe(png: Uint8Array, recipe: Json): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [Uint8Array.from(SIGNATURE)];
  for (const chunk of chunks(png)) {
    if (chunk.type === "iTXt" && keywordOf(chunk.body) === KEYWORD) continue;
    if (chunk.type === "IEND") pieces.push(chunkOf("iTXt", textBody(JSON.stringify(recipe))));
    pieces.push(chunkOf(chunk.type, chunk.body));
  }
  return joined(pieces);
}

/** The recipe inside a picture, or null where there is none (or the file is no PNG). */
export function recipeOf(png: Uint8Array): Json {
  if (!isPng(png)) return null;
  try {
    for (const { type, body } of chunks(png)) {
      if (type === "iTXt" && keywordOf(body) === KEYWORD) return JSON.parse(textOf(body)) as Json;
    }
  } catch {
    return null;
  }
  return null;
}

/** Whether the bytes begin as a PNG does. */
function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, n) => bytes[n] === byte);
}

/** CRC-32 as PNG has it (ISO 3309), over all bytes. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

interface Chunk {
  readonly type: string;
  readonly body: Uint8Array;
}

function* chunks(png: Uint8Array): Generator<Chunk> {
  if (!isPng(png)) throw new Error("These bytes are not a PNG.");
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let at = SIGNATURE.length;
  while (at + 12 <= png.length) {
    const length = view.getUint32(at);
    if (at + 12 + length > png.length) throw new Error("This PNG is cut short.");
    yield { type: latin(png.subarray(at + 4, at + 8)), body: png.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

function chunkOf(type: string, body: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + body.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length);
  chunk.set(bytesOf(type), 4);
  chunk.set(body, 8);
  view.setUint32(8 + body.length, crc32(chunk.subarray(4, 8 + body.length)));
  return chunk;
}

function textBody(text: string): Uint8Array {
  return joined([bytesOf(KEYWORD), Uint8Array.of(0, 0, 0, 0, 0), new TextEncoder().encode(text)]);
}

function keywordOf(body: Uint8Array): string {
  return latin(body.subarray(0, Math.max(0, body.indexOf(0))));
}

function textOf(body: Uint8Array): string {
  const after = body.indexOf(0);
  const compressed = body[after + 1] === 1;
  const language = body.indexOf(0, after + 3);
  const text = body.subarray(body.indexOf(0, language + 1) + 1);
  return new TextDecoder().decode(compressed ? inflated(text) : text);
}

/** The inflated bytes, a sip at a time: what grows beyond any recipe is given up, since a stranger made the file. */
function inflated(text: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const inflate = new Unzlib((piece) => {
    size += piece.length;
    pieces.push(piece);
  });
  for (let at = 0; at < text.length && size <= MOST; at += SIP) {
    inflate.push(text.subarray(at, at + SIP), at + SIP >= text.length);
  }
  if (size > MOST) throw new Error(`This recipe is larger than ${MOST} bytes.`);
  return joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function bytesOf(ascii: string): Uint8Array {
  return Uint8Array.from(ascii, (letter) => letter.charCodeAt(0));
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});
