/** A server for tests of asking: real HTTP on a free port, which answers when it is told to. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AnyRequest, Offer, Problem, WireEvent } from "../api/types";

/** One posted request. */
export interface Posted {
  readonly key: string;
  readonly request: AnyRequest;
  /** Says something on its event stream, now or when somebody listens. */
  say(event: WireEvent): void;
  /** The answer is there. */
  give(metadata?: object): void;
  refuse(type: string): void;
  cancelled: boolean;
}

export const problem = (type: string, status = 422): Problem => ({
  type: `urn:x:${type}`,
  title: "No",
  status,
  detail: "why",
  next: "what",
});

/** A part is there. */
export const ready = (key: string, request: AnyRequest): WireEvent => ({
  event: "ready",
  key,
  url: `/api/v1/results/${key}`,
  request,
});

/** A result file without arrays. */
function bytes(metadata: object): Uint8Array<ArrayBuffer> {
  const texts = Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, JSON.stringify(value)]),
  );
  const header = new TextEncoder().encode(JSON.stringify({ __metadata__: texts }));
  const whole = new Uint8Array(8 + header.length);
  new DataView(whole.buffer).setBigUint64(0, BigInt(header.length), true);
  whole.set(header, 8);
  return whole;
}

export class Paper {
  readonly posted: Posted[] = [];
  /** Fetched results, by key. */
  readonly fetched: string[] = [];
  /** Asked prices. */
  priced = 0;
  offer: Partial<Offer> = {};
  downloads = 0;
  private readonly results = new Map<string, object>();
  private readonly streams = new Map<string, { said: WireEvent[]; open: ServerResponse[] }>();
  private server: Server | null = null;
  private port = 0;

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      let body = "";
      request.on("data", (piece) => {
        body += piece;
      });
      request.on("end", () => this.answer(request.method ?? "", request.url ?? "", body, response));
    });
    await new Promise<void>((ready) => this.server?.listen(this.port, "127.0.0.1", ready));
    this.port = (this.server.address() as AddressInfo).port;
    const page = globalThis as unknown as { happyDOM: { setURL(url: string): void } };
    page.happyDOM.setURL(`http://127.0.0.1:${this.port}/`);
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((closed) => this.server?.close(closed));
  }

  /** Puts a result there, without anybody having asked. */
  put(key: string, metadata: object): void {
    this.results.set(key, metadata);
  }

  of(request: AnyRequest): Posted | undefined {
    return this.posted.findLast((one) => JSON.stringify(one.request) === JSON.stringify(request));
  }

  private answer(method: string, url: string, body: string, response: ServerResponse): void {
    const json = (value: object, status = 200): void => {
      const kind = status < 400 ? "application/json" : "application/problem+json";
      response.writeHead(status, { "Content-Type": kind }).end(JSON.stringify(value));
    };
    const [, what = "", key = "", more] = /\/api\/v1\/(\w+)\/?([^/]*)\/?(\w*)/.exec(url) ?? [];
    if (url === "/healthz") json({});
    else if (what === "offers") {
      this.priced++;
      const estimate = { points: 9, passes: 1, seconds: 2, download_bytes: this.downloads, missing: [] };
      json({ key: "", there: false, parts: 0, ready: [], ...this.offer, estimate });
    } else if (what === "requests" && method === "POST") this.post(JSON.parse(body), json);
    else if (what === "requests" && method === "DELETE") {
      for (const one of this.posted) if (one.key === key) one.cancelled = true;
      json({});
    } else if (more === "events") this.listen(key, response);
    else if (what === "results" && this.results.has(key)) {
      this.fetched.push(key);
      response.writeHead(200).end(bytes(this.results.get(key) as object));
    } else json(problem("not-found", 404), 404);
  }

  private post(request: AnyRequest, json: (value: object) => void): void {
    const key = `k${this.posted.length}`;
    const stream = { said: [] as WireEvent[], open: [] as ServerResponse[] };
    this.streams.set(key, stream);
    const say = (event: WireEvent): void => {
      stream.said.push(event);
      for (const one of stream.open) write(one, event);
    };
    this.posted.push({
      key,
      request,
      say,
      cancelled: false,
      give: (metadata = {}) => {
        this.results.set(key, metadata);
        say({ event: "done", key, url: `/api/v1/results/${key}` });
      },
      refuse: (type) => say({ event: "refused", problem: problem(type) }),
    });
    json({ key, status: "queued", problem: null, estimate: { points: 9, passes: 1, seconds: 2 } });
  }

  private listen(key: string, response: ServerResponse): void {
    const stream = this.streams.get(key);
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.flushHeaders();
    for (const event of stream?.said ?? []) write(response, event);
    stream?.open.push(response);
  }
}

function write(response: ServerResponse, event: WireEvent): void {
  response.write(`event: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`);
  if (event.event === "done" || event.event === "refused") response.end();
}
