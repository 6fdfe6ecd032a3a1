import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Refused, setToken } from "./client";
import { events, messages } from "./events";
import type { WireEvent } from "./types";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

let server: Server;
let answers: Answer[];
let heard: IncomingMessage[];

/** A real server on a free port: the page's own, as the page sees it. Each request takes the next answer. */
beforeEach(async () => {
  [answers, heard] = [[], []];
  server = createServer((request, response) => {
    heard.push(request);
    const answer = answers.shift();
    if (answer) answer(response, request);
    else response.writeHead(500).end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  (globalThis as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(url);
});

afterEach(async () => {
  sessionStorage.clear();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const STREAM = { "Content-Type": "text/event-stream" };

const message = (id: number, event: object): string =>
  `id: ${id}\nevent: x\ndata: ${JSON.stringify(event)}\n\n`;

const progress = (done: number): object => ({
  event: "progress",
  stage: "points",
  done,
  total: 9,
  seconds_left: null,
});
const done = { event: "done", key: "k", url: "/api/v1/results/k" };

const stream =
  (...parts: string[]): Answer =>
  (response) => {
    response.writeHead(200, STREAM);
    for (const part of parts) response.write(part);
    response.end();
  };

const ticket =
  (fields: object, status = 200): Answer =>
  (response) => {
    const kind = status === 200 ? "application/json" : "application/problem+json";
    response.writeHead(status, { "Content-Type": kind }).end(JSON.stringify(fields));
  };

async function all(signal = new AbortController().signal): Promise<WireEvent[]> {
  const found: WireEvent[] = [];
  for await (const event of events("k", signal)) found.push(event);
  return found;
}

describe("events over fetch", () => {
  it("come in order, whatever the pieces they arrive in, and end with the ending", async () => {
    const text = `: hello\nretry: 1000\n\n${message(1, progress(1))}${message(2, done)}${message(3, progress(2))}`;
    answers.push((response) => {
      response.writeHead(200, STREAM);
      for (const letter of text) response.write(letter);
    });
    expect((await all()).map((event) => event.event)).toEqual(["progress", "done"]);
  });

  it("send the token in a header, and no address holds it", async () => {
    setToken("open sesame");
    answers.push(stream(message(1, done)));
    await all();
    expect(heard[0]?.headers.authorization).toBe("Bearer open sesame");
    expect(heard[0]?.url).toBe("/api/v1/requests/k/events");
  });

  it("are taken up where a line broke", async () => {
    answers.push(
      (response) => {
        response.writeHead(200, STREAM);
        response.write(message(7, progress(1)), () => response.destroy());
      },
      stream(message(8, progress(2)), message(9, done)),
    );
    const found = await all();
    expect(found.map((event) => event.event)).toEqual(["progress", "progress", "done"]);
    expect(heard[1]?.headers["last-event-id"]).toBe("7");
  });

  it("end as the ticket says where the server ended the stream without a word", async () => {
    answers.push(stream(message(1, progress(1))), ticket({ key: "k", status: "done", problem: null }));
    expect((await all()).at(-1)).toEqual(done);
    const problem = { type: "urn:x:cancelled", title: "Cancelled", status: 409, detail: "so", next: "" };
    answers.push(
      (response) => response.writeHead(204).end(),
      ticket({ key: "k", status: "refused", problem }),
    );
    expect(await all()).toEqual([{ event: "refused", problem }]);
  });

  it("go on where the stream is refused for the moment and the request still runs", async () => {
    const full = { type: "urn:x:busy", title: "Too many", status: 503, detail: "", next: "" };
    answers.push(ticket(full, 503), ticket({ key: "k", status: "running", problem: null }));
    answers.push(stream(message(1, done)));
    expect(await all()).toEqual([done]);
  });

  it("are refused where the server knows nothing of the request", async () => {
    const unknown = { type: "urn:x:not-found", title: "Unknown", status: 404, detail: "", next: "" };
    answers.push(ticket(unknown, 404), ticket(unknown, 404));
    await expect(all()).rejects.toThrow(Refused);
  });

  it("end quietly when nobody listens any more, and the line is closed", async () => {
    const stop = new AbortController();
    const closed = new Promise<void>((told) => {
      answers.push((response, request) => {
        response.writeHead(200, STREAM);
        response.write(message(1, progress(1)));
        request.on("close", () => told());
      });
    });
    const found: string[] = [];
    for await (const event of events("k", stop.signal)) {
      found.push(event.event);
      stop.abort();
    }
    expect(found).toEqual(["progress"]);
    await closed;
  });
});

describe("messages", () => {
  const parsed = async (...parts: string[]): Promise<string[]> => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });
    const found: string[] = [];
    for await (const { id, data } of messages({ body } as Response)) found.push(`${id}:${data}`);
    return found;
  };

  it("end their lines in any of three ways, also across pieces", async () => {
    expect(await parsed("data: a\r\n\r\ndata: b\r\rdata: c\n\n")).toEqual([":a", ":b", ":c"]);
    expect(await parsed("data: a\r", "\n\r", "\ndata: é", "ü\n\n")).toEqual([":a", ":éü"]);
  });

  it("join the lines of their data, keep the last id, and pass over comments and what is unfinished", async () => {
    expect(await parsed(": ping\n\nid: 4\ndata: a\ndata:  b\n\ndata\n\nid\ndata: c")).toEqual([
      "4:a\n b",
      "4:",
    ]);
  });
});
