import { describe, expect, it, vi } from "vitest";
import type { AnyRequest, SliceRequest } from "../api/types";
import { asking } from "../subject/fixture";
import { eachOnPaper, paper, questionOnPaper as question, requested as request } from "./asked";
import { nameDownloads } from "./consent";
import { ready } from "./paper";

const [a, b, c] = [0, 1, 2].map(
  (layer): SliceRequest => asking("facts-4l", ["one", "two", "three"], layer).slice,
) as [SliceRequest, SliceRequest, SliceRequest];

const layerOf = (request: AnyRequest): number => (request as SliceRequest).write_layer ?? -1;

eachOnPaper();

const PARTS = {
  of: "slice" as const,
  name: (part: SliceRequest) => String(part.write_layer),
  level: (part: SliceRequest) => part.resolution,
  read: ({ metadata }: { metadata: Readonly<Record<string, unknown>> }) => String(metadata["value"]),
};

const until = (truth: () => unknown) => vi.waitFor(() => expect(truth()).toBeTruthy(), 20_000);
const posted = (n: number) => until(() => paper.posted.length === n);

describe("its price", () => {
  it("comes first, and a person's word lets it run", async () => {
    paper.offer = { parts: 4, ready: [{ key: "r", url: "", request: b }] };
    paper.put("r", { value: "there" });
    request.value = a;
    const one = question({ unbidden: () => false, parts: PARTS });
    await until(() => one.status.value === "priced");
    expect(one.offer.value?.parts).toBe(4);
    await until(() => one.parts.value.get("1")?.value === "there");
    expect(paper.posted).toHaveLength(0);
    one.go();
    await posted(1);
    paper.posted[0]?.say(ready("r", b));
    paper.posted[0]?.give({ value: "a" });
    await until(() => one.status.value === "done");
    expect(paper.fetched).toEqual(["r", "k0"]);
  });

  it("needs no word where it is there, or cheap enough", async () => {
    request.value = a;
    const one = question({ unbidden: ({ estimate }) => estimate.points < 10 });
    await posted(1);
    expect(paper.priced).toBe(1);
    paper.posted[0]?.give({ value: "a" });
    await until(() => one.status.value === "done");
    paper.offer = { there: true };
    request.value = b;
    await posted(2);
  });

  it("is said before anything is downloaded, and the word holds for what it was given for", async () => {
    nameDownloads((one) => [`file ${layerOf(one)}`]);
    paper.downloads = 1000;
    request.value = a;
    const one = question({ unbidden: () => true });
    await until(() => one.status.value === "priced");
    one.go();
    await posted(1);
    request.value = { ...a, prompts: ["x", "y", "z"] };
    await posted(2);
    request.value = b;
    await until(() => one.status.value === "priced");
    expect(paper.posted).toHaveLength(2);
  });
});

describe("its parts", () => {
  it("come at their finest, never a coarser one after a finer", async () => {
    for (const n of [9, 17, 33]) paper.put(`r${n}`, { value: String(n) });
    const came: string[] = [];
    request.value = a;
    const one = question({ parts: PARTS, arrived: ({ value }) => came.push(value) });
    await posted(1);
    const say = (n: 9 | 17 | 33) => paper.posted[0]?.say(ready(`r${n}`, { ...b, resolution: n }));
    say(17);
    await until(() => one.parts.value.get("1")?.value === "17");
    say(9);
    say(33);
    await until(() => one.parts.value.get("1")?.value === "33");
    expect(came).toEqual(["17", "33"]);
  });

  it("that an answer lists are fetched before it is done, where the answer is its parts; gaps are told", async () => {
    paper.put("r1", { value: "one" });
    request.value = a;
    const one = question({ parts: { ...PARTS, whole: true } });
    await posted(1);
    const why = { type: "urn:x", title: "Gone", status: 404, detail: "", next: "" };
    paper.posted[0]?.say({ event: "skipped", request: c, problem: why });
    await until(() => one.gaps.value.size === 1);
    paper.posted[0]?.give({ frames: [{ key: "r1", request: b }], skipped: [{ request: c, problem: why }] });
    await until(() => one.status.value === "done");
    expect(one.parts.value.get("1")?.value).toBe("one");
    expect([...one.gaps.value.keys()]).toEqual(["2"]);
    request.value = b;
    await posted(2);
    paper.posted[1]?.give({ skipped: [{ revision: "step4", problem: why }] });
    await until(() => one.gaps.value.get("step4")?.problem.title === "Gone");
  });

  it("are the newest first, or as their room says", async () => {
    for (let layer = 0; layer < 9; layer++) paper.put(`r${layer}`, { value: String(layer) });
    request.value = a;
    const one = question({ parts: { ...PARTS, next: (waiting) => (waiting.has("6") ? "6" : undefined) } });
    await posted(1);
    const cells = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((layer) => ({
      key: `r${layer}`,
      request: { ...a, write_layer: layer },
    }));
    for (const { key, request: part } of cells) paper.posted[0]?.say(ready(key, part));
    await until(() => one.parts.value.size === 9);
    const order = paper.fetched.map((key) => Number(key.slice(1)));
    // The first goes alone, so that what is looked at does not share the line; then one is preferred, then the newest.
    expect(order).toEqual([0, 6, 8, 7, 5, 4, 3, 2, 1]);
  });
});
