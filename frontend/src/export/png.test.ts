import { readFileSync } from "node:fs";
import { deflateSync, crc32 as zlibCrc } from "node:zlib";
import { expect, test } from "vitest";
import { crc32, KEYWORD, pngWithRecipe, recipeOf } from "./png";

const RECIPE = {
  analysis: "slice",
  prompts: ["Überall “yen” 円", "b", "c"],
  window: { alpha: [-0.25, 1.25] },
};

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  bytes.set(Buffer.from(type, "latin1"), 4);
  bytes.set(body, 8);
  view.setUint32(8 + body.length, zlibCrc(bytes.subarray(4, 8 + body.length)));
  return bytes;
}

/** The smallest PNG: one grey pixel, with chunks before its end. */
function pixel(...more: Uint8Array[]): Uint8Array {
  const head = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0);
  return Buffer.concat([
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Uint8Array.of(0, 128))),
    ...more,
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Types and checksums of all chunks. */
function layout(png: Uint8Array): [string, boolean][] {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const found: [string, boolean][] = [];
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    const good = view.getUint32(at + 8 + length) === zlibCrc(png.subarray(at + 4, at + 8 + length));
    found.push([Buffer.from(png.subarray(at + 4, at + 8)).toString("latin1"), good]);
    at += 12 + length;
  }
  return found;
}

test("a recipe put into a picture is read back, every letter", () => {
  expect(recipeOf(pngWithRecipe(pixel(), RECIPE))).toEqual(RECIPE);
});

test("the recipe stands before the end, and every checksum is right", () => {
  expect(layout(pngWithRecipe(pixel(), RECIPE))).toEqual([
    ["IHDR", true],
    ["IDAT", true],
    ["iTXt", true],
    ["IEND", true],
  ]);
});

test("a second recipe replaces the first and leaves other texts alone", () => {
  const other = chunk("iTXt", Buffer.from("Title\0\0\0\0\0a picture", "latin1"));
  const twice = pngWithRecipe(pngWithRecipe(pixel(other), RECIPE), { analysis: "other" });
  expect(recipeOf(twice)).toEqual({ analysis: "other" });
  expect(layout(twice).filter(([type]) => type === "iTXt").length).toBe(2);
});

test("a compressed recipe is read too", () => {
  const head = Buffer.from(`${KEYWORD}\0\x01\0en\0Rezept\0`, "latin1");
  const body = Buffer.concat([head, deflateSync(JSON.stringify(RECIPE))]);
  expect(recipeOf(pixel(chunk("iTXt", body)))).toEqual(RECIPE);
});

test("a picture without a recipe, a broken one and another kind of file have none", () => {
  expect(recipeOf(pixel())).toBeNull();
  expect(recipeOf(pngWithRecipe(pixel(), RECIPE).slice(0, -20))).toBeNull();
  expect(recipeOf(readFileSync("package.json"))).toBeNull();
  expect(recipeOf(pixel(chunk("iTXt", Buffer.from(`${KEYWORD}\0\0\0\0\0{`, "latin1"))))).toBeNull();
});

test("what is no PNG cannot be given a recipe", () => {
  expect(() => pngWithRecipe(Uint8Array.of(1, 2, 3), RECIPE)).toThrow("These bytes are not a PNG.");
});

test("the checksum is the one of the standard", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});

test("a recipe that grows without end is given up after a megabyte", () => {
  const bomb = deflateSync(new Uint8Array(64 * 2 ** 20));
  expect(bomb.length).toBeLessThan(2 ** 18);
  const body = Buffer.concat([Buffer.from(`${KEYWORD}\0\x01\0\0\0`, "latin1"), bomb]);
  const before = process.memoryUsage().arrayBuffers;
  expect(recipeOf(pixel(chunk("iTXt", body)))).toBe(null);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
});

test("a compressed recipe of many sips is read whole", () => {
  const long = { ...RECIPE, noise: Array.from({ length: 20_000 }, (_, n) => (n * 7919) % 10007) };
  const body = Buffer.concat([
    Buffer.from(`${KEYWORD}\0\x01\0\0\0`, "latin1"),
    deflateSync(JSON.stringify(long)),
  ]);
  expect(recipeOf(pixel(chunk("iTXt", body)))).toEqual(long);
});
