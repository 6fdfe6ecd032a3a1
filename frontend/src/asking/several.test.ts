import { describe, expect, it } from "vitest";
import { Refused, Unreachable } from "../api/client";
import type { ResultFile } from "../api/decode";
import type { Problem, ReadyEvent, SliceRequest } from "../api/types";
import { exampleSlice, fileOf } from "../field/example";
import { asking } from "../subject/fixture";
import type { Hearing } from "./answer";
import { type Counter, Several, textOf } from "./several";

const requests = [0, 1, 2, 3].map(
  (layer): SliceRequest => asking("facts-4l", ["one", "two", "three"], layer).slice,
);
const [a, b, c, d] = requests as [SliceRequest, SliceRequest, SliceRequest, SliceRequest];

interface Call {
  readonly request: SliceRequest;
  readonly signal: AbortSignal;
  readonly hearing: Hearing;
  readonly give: (file: ResultFile | null) => void;
  readonly fail: (error: unknown) => void;
}

/** A server on paper: it notes who asks, and answers when it is told to. */
function paper() {
  const calls: Call[] = [];
  let up = true;
  const counter: Counter = {
    answered: (request, signal, hearing = {}) =>
      new Promise((give, fail) => {
        calls.push({ request: request as SliceRequest, signal, hearing, give, fail });
      }),
    part: async (url) => fileOf(exampleSlice(Number(url))),
    alive: async () => up,
  };
  const several = new Several(counter);
  return {
    several,
    calls,
    of: (request: SliceRequest) => several.answers.value.get(textOf(request)),
    up: (now: boolean) => {
      up = now;
    },
  };
}

const soon = (): Promise<void> => new Promise((resume) => setTimeout(resume, 0));
const whole = (): ResultFile => fileOf(exampleSlice(33));
const problem = (type: string): Problem => ({ type, title: "No", status: 422, detail: "why", next: "what" });

describe("several slices", () => {
  it("are asked two at a time, in order, each once", async () => {
    const { several, calls, of } = paper();
    several.want([a, b, a, c, d]);
    expect(calls.map((call) => call.request)).toEqual([a, b]);
    expect([a, b, c, d].map((one) => of(one)?.standing)).toEqual([
      "running",
      "running",
      "waiting",
      "waiting",
    ]);
    calls[1]?.give(whole());
    await soon();
    expect(calls.map((call) => call.request)).toEqual([a, b, c]);
    expect(of(b)).toMatchObject({ standing: "done", part: 1 });
  });

  it("that are no longer wanted are given up, and what is there is kept", async () => {
    const { several, calls, of } = paper();
    several.want([a, b]);
    calls[0]?.give(whole());
    await soon();
    several.want([c]);
    expect(calls[1]?.signal.aborted).toBe(true);
    expect(calls[2]?.request).toEqual(c);
    several.want([a]);
    expect(of(a)?.standing).toBe("done");
    expect(calls).toHaveLength(3);
  });

  it("an answer that comes after it was given up is nobody's", async () => {
    const { several, calls, of } = paper();
    several.want([a]);
    several.want([b]);
    calls[0]?.give(whole());
    await soon();
    expect(of(a)?.slice).toBeNull();
  });

  it("show their coarse levels as they come, never a coarser one after a finer", async () => {
    const { several, calls, of } = paper();
    several.want([a]);
    const ready = (n: number): void =>
      calls[0]?.hearing.ready?.({ event: "ready", key: "", url: String(n), request: a } satisfies ReadyEvent);
    ready(17);
    await soon();
    expect(of(a)?.slice?.nx).toBe(17);
    ready(9);
    await soon();
    expect(of(a)?.slice?.nx).toBe(17);
    calls[0]?.give(whole());
    await soon();
    expect(of(a)?.slice?.nx).toBe(33);
  });

  it("one that is refused says why, and the others go on", async () => {
    const { several, calls, of } = paper();
    several.want([a, b, c]);
    calls[0]?.fail(new Refused(problem("urn:x:layer")));
    await soon();
    expect(of(a)).toMatchObject({ standing: "refused", problem: { detail: "why" } });
    expect(of(c)?.standing).toBe("running");
  });

  it("one that somebody else cancelled is asked again, but not for ever", async () => {
    const { several, calls, of } = paper();
    several.want([a]);
    for (let n = 0; n < 3; n++) {
      calls[n]?.fail(new Refused(problem("urn:x:cancelled")));
      await soon();
    }
    expect(calls).toHaveLength(3);
    expect(of(a)?.standing).toBe("refused");
  });

  it("can be stopped and taken up again", async () => {
    const { several, calls, of } = paper();
    several.want([a, b, c]);
    calls[0]?.give(whole());
    await soon();
    several.stop();
    expect([a, b, c].map((one) => of(one)?.standing)).toEqual(["done", "cancelled", "cancelled"]);
    several.again();
    expect([a, b, c].map((one) => of(one)?.standing)).toEqual(["done", "running", "running"]);
  });

  it("are not asked while the server is gone", async () => {
    const { several, calls, of, up } = paper();
    up(false);
    several.want([a]);
    calls[0]?.fail(new Unreachable());
    await soon();
    expect(of(a)?.standing).toBe("offline");
    expect(calls).toHaveLength(1);
    several.stop();
  });
});
