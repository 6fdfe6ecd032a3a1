/**
 * The HTTP client: relative addresses only (the page talks to nobody but its own server), and two ways to fail.
 *
 * `Refused` carries the server's problem document; `Unreachable` means that no answer came at all.
 */
import type { AnyRequest, Catalogue, Estimate, ModelDocument, Offer, Problem, Ticket } from "./types";

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

/** The access token, kept for this tab; one in the address is taken out of it, so that no copied link carries it. */
export function token(): string | null {
  const url = new URL(location.href);
  const given = url.searchParams.get("token");
  if (given) {
    setToken(given);
    url.searchParams.delete("token");
    history.replaceState(history.state, "", url);
  }
  return sessionStorage.getItem(KEY);
}

export function setToken(text: string): void {
  sessionStorage.setItem(KEY, text);
}

/** An address on the page's own origin and folder, so that it also works behind a path prefix. */
export function address(path: string): string {
  const url = new URL(path.replace(/^\//, ""), document.baseURI);
  const known = token();
  if (known) url.searchParams.set("token", known);
  return url.href;
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

async function answer(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address(path), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
  if (response.status === 502 || response.status === 504) throw new Unreachable();
  if (!response.ok) throw new Refused(await problemOf(response));
  return response;
}

export async function catalogue(): Promise<Catalogue> {
  return (await answer("/api/v1/catalogue")).json();
}

/** Everything that is known of one model; `refresh` asks the hub anew for its checkpoints. */
export async function model(name: string, refresh = false): Promise<ModelDocument> {
  const path = name.split("/").map(encodeURIComponent).join("/");
  return (await answer(`/api/v1/models/${path}${refresh ? "?refresh=true" : ""}`)).json();
}

/** What a request would cost, downloads included; nothing is begun. */
export async function price(request: AnyRequest, signal?: AbortSignal): Promise<Estimate> {
  return (await posted("/api/v1/estimates", request, signal)).json();
}

export async function post(request: AnyRequest, signal?: AbortSignal): Promise<Ticket> {
  return (await posted("/api/v1/requests", request, signal)).json();
}

function posted(path: string, request: AnyRequest, signal?: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return answer(path, { method: "POST", headers, body: JSON.stringify(request), ...(signal && { signal }) });
}

/** What a request would cost, and what of it is there; nothing is started. */
export async function offer(request: AnyRequest, signal?: AbortSignal): Promise<Offer> {
  return (await posted("/api/v1/offers", request, signal)).json();
}

export async function ticket(key: string, signal?: AbortSignal): Promise<Ticket> {
  return (await answer(`/api/v1/requests/${key}`, signal ? { signal } : {})).json();
}

/** Tell the server that nobody waits for this any more. Failing to do so does no harm. */
export async function cancel(key: string): Promise<void> {
  await answer(`/api/v1/requests/${key}`, { method: "DELETE", keepalive: true }).catch(() => undefined);
}

export async function result(url: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  return (await answer(url, signal ? { signal } : {})).arrayBuffer();
}

export async function alive(): Promise<boolean> {
  return answer("/healthz").then(
    () => true,
    () => false,
  );
}
