/** A request's event stream as an async iterator. The browser resumes a broken line itself (`Last-Event-ID`). */
import { address, Refused, ticket, Unreachable } from "./client";
import type { WireEvent } from "./types";

const NAMES = ["progress", "ready", "skipped", "done", "refused"] as const;

/** How long a broken line may stay broken before the page says so, milliseconds. */
const PATIENCE = 4000;

/** Pause before a stream that the server ended is opened again, milliseconds. */
const AGAIN = 1000;

/**
 * Events of a request, ending with `done` or `refused`.
 *
 * Throws `Unreachable` when the line stays broken, `Refused` when the server no longer knows the request.
 * Aborting the signal closes the stream and ends the iteration quietly.
 */
export async function* events(key: string, signal: AbortSignal): AsyncGenerator<WireEvent> {
  const queue: (WireEvent | Error)[] = [];
  let wake: () => void = () => undefined;
  let broken: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;
  const put = (item: WireEvent | Error): void => {
    queue.push(item);
    wake();
  };
  const mended = (): void => {
    clearTimeout(broken);
    broken = undefined;
  };
  const listen = (): void => {
    source = new EventSource(address(`/api/v1/requests/${key}/events`));
    for (const name of NAMES) {
      source.addEventListener(name, (message) => {
        mended();
        put(JSON.parse((message as MessageEvent<string>).data) as WireEvent);
      });
    }
    source.onopen = mended;
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED)
        void closed(key, signal).then((item) => (item ? put(item) : listen()));
      else broken ??= setTimeout(() => put(new Unreachable()), PATIENCE);
    };
  };
  const stop = (): void => wake();
  signal.addEventListener("abort", stop);
  listen();
  try {
    while (!signal.aborted) {
      const item = queue.shift();
      if (item === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (queue.length > 0 || signal.aborted) resolve();
        });
        continue;
      }
      if (item instanceof Error) throw item;
      yield item;
      if (item.event === "done" || item.event === "refused") return;
    }
  } finally {
    mended();
    signal.removeEventListener("abort", stop);
    // biome-ignore lint/style/noNonNullAssertion: `listen` has set it
    source!.close();
  }
}

/** The server ended the stream: the ticket says how it stands. Null: it still runs, so listen again after a moment. */
async function closed(key: string, signal: AbortSignal): Promise<WireEvent | Error | null> {
  try {
    const now = await ticket(key, signal);
    if (now.status === "done") return { event: "done", key, url: `/api/v1/results/${key}` };
    if (now.problem) return { event: "refused", problem: now.problem };
    await new Promise((resume) => setTimeout(resume, AGAIN));
    return signal.aborted ? new Unreachable() : null;
  } catch (error) {
    return error instanceof Refused ? error : new Unreachable();
  }
}
