import { expect, test } from "vitest";
import { gif } from "./gif";

function frames(count: number, size: number) {
  return Array.from({ length: count }, (_, at) => ({
    pixels: Uint8ClampedArray.from({ length: 4 * size * size }, (_, n) =>
      n % 4 === 3 ? 255 : n % 4 === at % 3 ? 255 : (n * 7) % 32,
    ),
  }));
}

/** Delays of all frames in hundredths of a second, from the graphic control extensions. */
function delays(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let n = 0; n < bytes.length - 7; n++) {
    if (bytes[n] === 0x21 && bytes[n + 1] === 0xf9 && bytes[n + 2] === 4 && bytes[n + 7] === 0) {
      found.push((bytes[n + 4] ?? 0) + 256 * (bytes[n + 5] ?? 0));
    }
  }
  return found;
}

test("a GIF has its size, loops for ever, and rests on its last frame", async () => {
  const bytes = await gif(frames(3, 24), { width: 24, height: 24, fps: 10, pause: 2 });
  const text = Buffer.from(bytes).toString("latin1");
  expect(text.slice(0, 6)).toBe("GIF89a");
  expect([bytes[6], bytes[8]]).toEqual([24, 24]);
  expect(text).toContain("NETSCAPE2.0\x03\x01\x00\x00");
  expect(delays(bytes)).toEqual([10, 10, 210]);
  expect(bytes.at(-1)).toBe(0x3b);
});

test("progress is told frame by frame", async () => {
  const told: number[] = [];
  await gif(frames(4, 8), { width: 8, height: 8, fps: 8, progress: (done) => told.push(done) });
  expect(told).toEqual([1, 2, 3, 4]);
});

test("encoding stops when it is called off", async () => {
  const stop = new AbortController();
  const done = gif(frames(9, 8), {
    width: 8,
    height: 8,
    fps: 8,
    signal: stop.signal,
    progress: (count) => count === 2 && stop.abort(),
  });
  await expect(done).rejects.toThrow(/abort/i);
});

test("no frames make no GIF", async () => {
  await expect(gif([], { width: 8, height: 8, fps: 8 })).rejects.toThrow("A GIF needs at least one frame.");
});
