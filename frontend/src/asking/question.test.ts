import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
import type { AnyRequest, SliceRequest } from "../api/types";
import { asking } from "../subject/fixture";
import { eachOnPaper, paper, questionOnPaper as question, requested as request } from "./asked";
import { busy } from "./busy";

const [a, b, c] = [0, 1, 2].map(
  (layer): SliceRequest => asking("facts-4l", ["one", "two", "three"], layer).slice,
) as [SliceRequest, SliceRequest, SliceRequest];

const layerOf = (request: AnyRequest): number => (request as SliceRequest).write_layer ?? -1;

eachOnPaper();

const until = (truth: () => unknown) => vi.waitFor(() => expect(truth()).toBeTruthy(), 20_000);
const posted = (n: number) => until(() => paper.posted.length === n);

describe("a question", () => {
  it("is asked, followed and answered", async () => {
    const one = question();
    expect(one.status.value).toBe("empty");
    request.value = a;
    expect(one.status.value).toBe("pricing");
    await posted(1);
    paper.posted[0]?.say({
      event: "progress",
      stage: "points",
      done: 3,
      total: 12,
      seconds_left: 4,
      unit: "points",
      note: "",
    });
    await until(() => one.progress.value?.share === 0.25);
    expect(one.status.value).toBe("running");
    expect(one.estimate.value?.points).toBe(9);
    paper.posted[0]?.give({ value: "yes" });
    await until(() => one.status.value === "done");
    expect([one.own.value, one.progress.value]).toEqual(["yes", null]);
    expect(one.seconds.value).toBeGreaterThan(0);
    expect(paper.priced).toBe(0);
  });

  it("counts as busy while it runs, and not while it waits to be wanted", async () => {
    const wanted = signal(false);
    request.value = a;
    question({ when: wanted });
    expect(busy.value).toBe(0);
    wanted.value = true;
    await posted(1);
    expect(busy.value).toBe(1);
    paper.posted[0]?.give({ value: "yes" });
    await until(() => busy.value === 0);
  });

  it("in the background makes nobody wait", async () => {
    request.value = a;
    const one = question({ background: true });
    await posted(1);
    expect([one.status.value !== "done", busy.value]).toEqual([true, 0]);
  });

  it("the newest wins; the older is cancelled once the newer is taken, and its answer is nobody's", async () => {
    request.value = a;
    const one = question();
    await posted(1);
    request.value = b;
    await posted(2);
    await until(() => paper.of(a)?.cancelled);
    paper.of(b)?.give({ value: "b" });
    await until(() => one.own.value === "b");
    expect(one.answer.value).toEqual({ value: "b", stale: false });
  });

  it("shows the last answer as stale until its own is there, and asks nobody when one goes back", async () => {
    request.value = a;
    const one = question();
    await posted(1);
    paper.of(a)?.give({ value: "a" });
    await until(() => one.own.value);
    request.value = b;
    expect(one.answer.value).toEqual({ value: "a", stale: true });
    expect(one.own.value).toBeNull();
    await posted(2);
    request.value = a;
    expect([one.status.value, one.own.value]).toEqual(["done", "a"]);
    await until(() => paper.of(b)?.cancelled);
    expect(paper.posted).toHaveLength(2);
  });

  it("keeps no more answers than it was told", async () => {
    request.value = a;
    const one = question({ kept: 1 });
    for (const [n, next] of [a, b, c, a].entries()) {
      request.value = next;
      await posted(n + 1);
      paper.posted[n]?.give({ value: String(n) });
      await until(() => one.own.value === String(n));
    }
    request.value = c;
    expect(one.own.value).toBe("2");
  });

  it("of which two are one text is asked once", async () => {
    request.value = a;
    question({ text: (one) => one.prompts.join() });
    await posted(1);
    request.value = b;
    request.value = { ...c, prompts: ["x", "y", "z"] };
    await posted(2);
    expect(layerOf(paper.posted[1]?.request as AnyRequest)).toBe(2);
  });

  it("is asked only while it is wanted, and what is known is shown either way", async () => {
    const when = signal(false);
    request.value = a;
    const one = question({ when });
    expect(one.status.value).toBe("waiting");
    when.value = true;
    await posted(1);
    when.value = false;
    await until(() => paper.of(a)?.cancelled);
    expect(one.status.value).toBe("waiting");
    when.value = true;
    await posted(2);
    paper.posted[1]?.give({ value: "a" });
    await until(() => one.own.value);
    when.value = false;
    expect([one.status.value, one.own.value]).toEqual(["done", "a"]);
  });

  it("can be cancelled and taken up again", async () => {
    request.value = a;
    const one = question();
    await posted(1);
    await until(() => one.status.value === "running");
    one.cancel();
    expect(one.status.value).toBe("cancelled");
    await until(() => paper.of(a)?.cancelled);
    one.again();
    await posted(2);
    paper.posted[1]?.give({ value: "a" });
    await until(() => one.status.value === "done");
  });

  it("that is refused says why, and can be asked again", async () => {
    request.value = a;
    const one = question();
    await posted(1);
    paper.posted[0]?.refuse("layer");
    await until(() => one.status.value === "refused");
    expect(one.problem.value?.detail).toBe("why");
    one.again();
    expect([one.status.value, one.problem.value]).toEqual(["pricing", null]);
    await posted(2);
  });

  it("that somebody else cancelled is asked again, but not for ever", async () => {
    request.value = a;
    const one = question();
    for (let n = 1; n <= 3; n++) {
      await posted(n);
      paper.posted[n - 1]?.refuse("cancelled");
    }
    await until(() => one.status.value === "refused");
    expect(paper.posted).toHaveLength(3);
  });

  it("goes on by itself when the server is back", async () => {
    await paper.stop();
    request.value = a;
    const one = question();
    await until(() => one.status.value === "offline");
    expect(one.problem.value).toBeNull();
    await paper.start();
    await posted(1);
    paper.posted[0]?.give({ value: "a" });
    await until(() => one.status.value === "done");
  }, 30_000);

  it("that follows the hand is answered before the newest place is asked, and those between are passed over", async () => {
    request.value = a;
    const one = question({ patient: true });
    await posted(1);
    request.value = b;
    request.value = c;
    paper.posted[0]?.give({ value: "a" });
    await posted(2);
    expect(one.answer.value).toEqual({ value: "a", stale: true });
    expect(paper.posted[0]?.cancelled).toBe(false);
    expect(layerOf(paper.posted[1]?.request as AnyRequest)).toBe(2);
    paper.posted[1]?.give({ value: "c" });
    await until(() => one.own.value === "c");
  });
});
