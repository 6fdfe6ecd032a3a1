import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Refused } from "../api/client";
import type { Json } from "../api/decode";
import type { AnyRequest } from "../api/types";
import { manifestOf } from "./manifest";
import { sameText } from "./same";
import { PackSource } from "./source";

const KEY = "a".repeat(64);
const DEFAULTS = {
  slice: { distance: "hellinger", resolution: 65, window: { alpha: [-0.25, 1.25], beta: [-0.25, 1.25] } },
  animation: {},
  sweep: { revisions: [] },
  model: { revision: "main", dtype: "float32" },
};

const slice = {
  analysis: "slice",
  model: { name: "m", revision: "step1" },
  prompts: ["a", "b", "c"],
  write_layer: 1,
};

/** A result file that says which question it answers. */
function file(key = KEY, more = 0): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({ __metadata__: { key: JSON.stringify(key), pad: JSON.stringify("x".repeat(more)) } }),
  );
  const out = new Uint8Array(8 + header.length);
  new DataView(out.buffer).setBigUint64(0, BigInt(header.length), true);
  out.set(header, 8);
  return out;
}

function manifest(result = file(), change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    format: "stable-regions-pack",
    version: 1,
    made_by: "0.1.0",
    title: "A talk",
    views: [{ link: "#v=1", title: "One", notes: "", requests: [], keys: [KEY], gaps: [] }],
    results: {
      [KEY]: {
        bytes: result.length,
        stored: 10,
        sha256: createHash("sha256").update(result).digest("hex"),
      },
    },
    answers: [{ request: slice, key: KEY }],
    defaults: DEFAULTS,
    documents: {},
    ...change,
  };
}

const bytes = (value: unknown): ArrayBuffer => new TextEncoder().encode(JSON.stringify(value)).buffer;

function open(stored: Uint8Array, said = manifest()): Promise<PackSource> {
  return PackSource.open(async (path) =>
    path === "manifest.json" ? bytes(said) : (new Uint8Array(stored).buffer as ArrayBuffer),
  );
}

describe("which requests are one question", () => {
  const defaults = manifestOf(manifest() as unknown as Json).defaults;
  const text = (request: Json): string => sameText(request, defaults);

  it("is not decided by what is left open, by nulls or by order", () => {
    const written = {
      ...DEFAULTS.slice,
      ...slice,
      tilt: null,
      model: { dtype: "float32", ...slice.model },
    };
    expect(text(written)).toBe(text(slice));
    expect(text({ ...slice, resolution: 33 })).not.toBe(text(slice));
    expect(text({ ...slice, model: { name: "m" } })).toBe(
      text({ ...slice, model: { name: "m", revision: "main" } }),
    );
  });

  it("is not decided by the checkpoint on screen where several are asked", () => {
    const film = (revision: string): Json => ({
      analysis: "animation",
      slice: { ...slice, model: { name: "m", revision } },
      revisions: ["step1", "step2"],
    });
    expect(text(film("step1"))).toBe(text(film("step2")));
    const layers = (revision: string): Json => ({
      analysis: "sweep",
      request: { ...slice, model: { name: "m", revision } },
      revisions: [],
      write_layers: [0, 1],
    });
    expect(text(layers("step1"))).not.toBe(text(layers("step2")));
  });
});

describe("a pack", () => {
  it("answers what it holds, at once", async () => {
    const source = await open(gzipSync(file()));
    const ticket = await source.ask(slice as AnyRequest);
    expect(ticket).toMatchObject({ key: KEY, status: "done" });
    expect((await source.offer(slice as AnyRequest)).there).toBe(true);
    expect(new Uint8Array(await source.result(KEY))).toEqual(file());
  });

  it("refuses everything else, with the command that can", async () => {
    const source = await open(gzipSync(file()));
    const asked = source.ask({ ...slice, resolution: 33 } as AnyRequest);
    await expect(asked).rejects.toBeInstanceOf(Refused);
    await expect(asked).rejects.toMatchObject({ problem: { title: "Not in this pack" } });
  });

  it.each([
    ["cut off", gzipSync(file()).subarray(0, -12), /cannot be unpacked|cut off/],
    ["larger than it says", gzipSync(file(KEY, 1_000_000)), /larger than the pack says/],
    ["of other bytes", gzipSync(file("b".repeat(64))), /not what it says/],
    ["no gzip at all", file(), /cannot be unpacked/],
  ])("refuses a result that is %s", async (_, stored, words) => {
    const source = await open(stored);
    await expect(source.result(KEY)).rejects.toThrow(words);
  });

  it("refuses a result that answers another question", async () => {
    const other = file("b".repeat(64));
    const source = await open(gzipSync(other), manifest(other));
    await expect(source.result(KEY)).rejects.toThrow(/answers another question/);
  });

  it.each([
    [{ format: "other" }, /no pack/],
    [{ version: 2 }, /version 2; this page reads version 1/],
    [{ results: { "../../etc/passwd": {} } }, /broken: results/],
    [{ results: { [KEY]: { bytes: 2 ** 40, stored: 1, sha256: KEY } } }, /broken/],
    [{ views: [{ link: "javascript:alert(1)", title: "", notes: "" }] }, /a view's link/],
    [{ views: [{ link: "#v=1", title: { html: "<b>" } }] }, /a text/],
    [{ answers: [{ request: {}, key: "b".repeat(64) }] }, /answers/],
  ])("refuses a list of contents with %j", async (change, words) => {
    await expect(open(file(), manifest(file(), change))).rejects.toThrow(words);
  });

  it("reads a file once, and again where that failed", async () => {
    let reads = 0;
    const source = await PackSource.open(async (path) => {
      if (path === "manifest.json") return bytes(manifest());
      reads++;
      if (reads === 1) throw new Error("the line broke");
      return new Uint8Array(gzipSync(file())).buffer as ArrayBuffer;
    });
    await expect(source.result(KEY)).rejects.toThrow("the line broke");
    await source.result(KEY);
    await source.result(KEY);
    expect(reads).toBe(2);
  });
});
