/**
 * A request's event stream as an async iterator, over fetch: unlike an `EventSource` it sends the token in a header, and
 * says why a stream was refused. A broken line is resumed where it broke (`Last-Event-ID`).
 */
import { open, Refused, ticket, Unreachable } from "./client";
import type { WireEvent } from "./types";

/** How long a broken line may stay broken before the page says so, milliseconds. */
const PATIENCE = 4000;

/** Pause before a stream that broke, or that the server ended, is opened again, milliseconds. */
const AGAIN = 1000;

/**
 * Events of a request, ending with `done` or `refused`.
 *
 * Throws `Unreachable` when the line stays broken, `Refused` when the server no longer knows the request.
 * Aborting the signal closes the stream and ends the iteration quietly.
 */
export async function* events(key: string, signal: AbortSignal): AsyncGenerator<WireEvent> {
  let last = "";
  let broken: number | null = null;
  while (!signal.aborted) {
    try {
      const headers = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
      const stream = await open(`/api/v1/requests/${key}/events`, { headers, signal, cache: "no-store" });
      broken = null;
      for await (const { id, data } of messages(stream)) {
        if (id) last = id;
        const event = JSON.parse(data) as WireEvent;
        yield event;
        if (event.event === "done" || event.event === "refused") return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Unreachable) {
        broken ??= performance.now();
        if (performance.now() - broken > PATIENCE) throw error;
      } else if (!(error instanceof Refused)) throw error;
    }
    const ended = broken === null ? await ending(key, signal) : null;
    if (ended) {
      yield ended;
      return;
    }
    await moment(signal);
  }
}

/** The server ended or refused the stream: the ticket says how the request stands. Null: it still runs. */
async function ending(key: string, signal: AbortSignal): Promise<WireEvent | null> {
  try {
    const now = await ticket(key, signal);
    if (now.status === "done") return { event: "done", key, url: `/api/v1/results/${key}` };
    return now.problem ? { event: "refused", problem: now.problem } : null;
  } catch (error) {
    if (error instanceof Refused) throw error;
    return null; // Not reached: opening the stream again finds out for how long.
  }
}

function moment(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, AGAIN);
    signal.addEventListener("abort", wake);
  });
}

export interface Message {
  readonly id: string;
  readonly data: string;
}

/** The messages of a stream of server-sent events, as the HTML standard parses them; a line that breaks is `Unreachable`. */
export async function* messages(response: Response): AsyncGenerator<Message> {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let [text, id, data]: [string, string, string[]] = ["", "", []];
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new Unreachable();
      });
      if (done) return;
      text += decoder.decode(value, { stream: true });
      // A return at the end may be the first half of a line's end.
      const lines = text.split(/\r\n|\n|\r(?!$)/);
      text = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { id, data: data.join("\n") };
          data = [];
          continue;
        }
        const colon = line.indexOf(":");
        const name = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
        if (name === "data") data.push(value);
        else if (name === "id") id = value;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
