/**
 * The HTTP client: relative addresses only (the page talks to nobody but its own server), and two ways to fail.
 *
 * `Refused` carries the server's problem document; `Unreachable` means that no answer came at all.
 */
import type { AnyRequest, Catalogue, ModelDocument, Offer, Problem, Ticket } from "./types";

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
  }
}

export class Unreachable extends Error {
  constructor() {
    super("The server does not answer.");
  }
}

const KEY = "stable-regions-token";

/**
 * The access token, kept for this tab and sent in a header, never in an address. A link may bring one behind its `#`,
 * which no browser sends and no log holds; it is taken out, so that no copied link carries it.
 */
export function token(): string | null {
  const url = new URL(location.href);
  const marked = /(?<=^#|&)token=([^&]*)&?/.exec(url.hash);
  const given = url.searchParams.get("token") ?? (marked && new URLSearchParams(marked[0]).get("token"));
  if (given) {
    setToken(given);
    url.searchParams.delete("token");
    if (marked) url.hash = url.hash.replace(marked[0], "");
    history.replaceState(history.state, "", url);
  }
  return sessionStorage.getItem(KEY);
}

export function setToken(text: string): void {
  sessionStorage.setItem(KEY, text);
}

/** An address on the page's own origin and folder, so that it also works behind a path prefix. */
function address(path: string): string {
  return new URL(path.replace(/^\//, ""), document.baseURI).href;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "title" in body && "detail" in body;
}

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return { ...body, next: body.next ?? "" };
  return {
    type: "about:blank",
    title: `The server answered ${response.status}`,
    status: response.status,
    detail: response.statusText || "It gave no reason.",
    next: "Try again; if it stays, look at the server's log.",
  };
}

/** An answer that is not a refusal, its body still to be read. */
export async function open(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  const known = token();
  const headers = { ...init.headers, ...(known && { Authorization: `Bearer ${known}` }) };
  try {
    response = await fetch(address(path), { ...init, headers });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
  if (response.status === 502 || response.status === 504) throw new Unreachable();
  if (!response.ok) throw new Refused(await problemOf(response));
  return response;
}

export async function catalogue(): Promise<Catalogue> {
  return (await open("/api/v1/catalogue")).json();
}

/** Everything that is known of one model; `refresh` asks the hub anew for its checkpoints. */
export async function model(name: string, refresh = false): Promise<ModelDocument> {
  const path = name.split("/").map(encodeURIComponent).join("/");
  return (await open(`/api/v1/models/${path}${refresh ? "?refresh=true" : ""}`)).json();
}

export async function post(request: AnyRequest, signal?: AbortSignal): Promise<Ticket> {
  return (await posted("/api/v1/requests", request, signal)).json();
}

function posted(path: string, request: AnyRequest, signal?: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return open(path, { method: "POST", headers, body: JSON.stringify(request), ...(signal && { signal }) });
}

/** What a request would cost, downloads included, and what of it is there; nothing is begun. */
export async function offer(request: AnyRequest, signal?: AbortSignal): Promise<Offer> {
  return (await posted("/api/v1/offers", request, signal)).json();
}

export async function ticket(key: string, signal?: AbortSignal): Promise<Ticket> {
  return (await open(`/api/v1/requests/${key}`, signal ? { signal } : {})).json();
}

/** Tell the server that nobody waits for this any more. Failing to do so does no harm. */
export async function cancel(key: string): Promise<void> {
  await open(`/api/v1/requests/${key}`, { method: "DELETE", keepalive: true }).catch(() => undefined);
}

export async function result(url: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  return (await open(url, signal ? { signal } : {})).arrayBuffer();
}

export async function alive(): Promise<boolean> {
  return open("/healthz").then(
    () => true,
    () => false,
  );
}
