import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SliceRequest } from "../api/types";
import { asking } from "../subject/fixture";
import { nameDownloads } from "./consent";
import { Paper, ready } from "./paper";
import { Several, textOf } from "./several";

const [a, b, c, d] = [0, 1, 2, 3].map(
  (layer): SliceRequest => asking("facts-4l", ["one", "two", "three"], layer).slice,
) as [SliceRequest, SliceRequest, SliceRequest, SliceRequest];

let paper: Paper;
let several: Several<SliceRequest, string, number, "slice">;

beforeEach(async () => {
  nameDownloads(() => []);
  paper = new Paper();
  await paper.start();
  several = new Several<SliceRequest, string, number, "slice">({
    read: ({ metadata }) => String(metadata["value"]),
    parts: {
      of: "slice",
      name: () => "level",
      level: (part) => part.resolution,
      read: ({ metadata }) => Number(metadata["value"]),
    },
  });
});

afterEach(async () => {
  several.cancel();
  await paper.stop();
});

const of = (request: SliceRequest) => several.questions.value.get(textOf(request));
const statuses = (...requests: SliceRequest[]) => requests.map((one) => of(one)?.status.value);
const until = (truth: () => unknown) => vi.waitFor(() => expect(truth()).toBeTruthy(), 20_000);
const posted = (n: number) => until(() => paper.posted.length === n);
const layers = () => paper.posted.map(({ request }) => (request as SliceRequest).write_layer).sort();

describe("several slices", () => {
  it("are asked two at a time, in order, each once", async () => {
    several.want([a, b, a, c, d]);
    await posted(2);
    expect(layers()).toEqual([0, 1]);
    await until(() => String(statuses(a, b, c, d)) === "running,running,waiting,waiting");
    expect(several.status.value).toBe("running");
    paper.of(b)?.give({ value: "b" });
    await posted(3);
    expect(layers()).toEqual([0, 1, 2]);
    expect(of(b)?.own.value).toBe("b");
  });

  it("that are no longer wanted are given up, and what is there is kept", async () => {
    several.want([a, b]);
    await posted(2);
    paper.of(a)?.give({ value: "a" });
    await until(() => of(a)?.own.value);
    several.want([c]);
    await posted(3);
    await until(() => paper.of(b)?.cancelled);
    several.want([a]);
    expect(statuses(a)).toEqual(["done"]);
    expect(several.status.value).toBe("done");
    expect(paper.posted).toHaveLength(3);
  });

  it("an answer that comes after it was given up is nobody's", async () => {
    several.want([a]);
    await posted(1);
    several.want([b]);
    await posted(2);
    paper.of(a)?.give({ value: "a" });
    paper.of(b)?.give({ value: "b" });
    await until(() => of(b)?.own.value);
    expect(of(a)?.own.value).toBeNull();
  });

  it("show their coarse levels as they come, never a coarser one after a finer", async () => {
    for (const n of [9, 17, 33]) paper.put(`r${n}`, { value: n });
    several.want([a]);
    await posted(1);
    const say = (n: 9 | 17 | 33) => paper.of(a)?.say(ready(`r${n}`, { ...a, resolution: n }));
    const level = () => of(a)?.parts.value.get("level")?.value;
    say(17);
    await until(() => level() === 17);
    say(9);
    say(33);
    await until(() => level() === 33);
    expect(paper.fetched).toEqual(["r17", "r33"]);
  });

  it("one that is refused says why, and the others go on", async () => {
    several.want([a, b, c]);
    await posted(2);
    paper.of(a)?.refuse("layer");
    await posted(3);
    await until(() => of(c)?.status.value === "running");
    expect(of(a)?.status.value).toBe("refused");
    expect(of(a)?.problem.value?.detail).toBe("why");
    for (const one of [b, c]) paper.of(one)?.give({ value: "there" });
    await until(() => several.status.value === "refused");
    expect(several.problem.value?.detail).toBe("why");
  });

  it("one that somebody else cancelled is asked again, but not for ever", async () => {
    several.want([a]);
    for (let n = 1; n <= 3; n++) {
      await posted(n);
      paper.posted[n - 1]?.refuse("cancelled");
    }
    await until(() => of(a)?.status.value === "refused");
    expect(paper.posted).toHaveLength(3);
  });

  it("can be stopped and taken up again", async () => {
    several.want([a, b, c]);
    await posted(2);
    paper.of(a)?.give({ value: "a" });
    await until(() => of(a)?.status.value === "done" && of(c)?.status.value === "running");
    several.cancel();
    expect(statuses(a, b, c)).toEqual(["done", "cancelled", "cancelled"]);
    expect(several.status.value).toBe("cancelled");
    several.again();
    await posted(5);
    expect(statuses(a)).toEqual(["done"]);
  });

  it("wait for a person's word where something would be downloaded, and say what they need together", async () => {
    nameDownloads((one) => [String((one as SliceRequest).write_layer)]);
    paper.downloads = 500;
    several.want([a, b]);
    await until(() => several.status.value === "priced");
    await until(() => several.estimate.value?.download_bytes === 1000);
    several.go();
    await posted(2);
  });

  it("are not asked while the server is gone, and go on by themselves", async () => {
    await paper.stop();
    several.want([a]);
    await until(() => of(a)?.status.value === "offline");
    expect(several.status.value).toBe("offline");
    await paper.start();
    await posted(1);
  }, 30_000);
});
