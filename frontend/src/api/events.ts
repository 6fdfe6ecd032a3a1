/** A request's event stream as an async iterator. The browser resumes a broken line itself (`Last-Event-ID`). */
import { address, Refused, ticket, Unreachable } from "./client";
import type { WireEvent } from "./types";

const NAMES = ["progress", "ready", "skipped", "done", "refused"] as const;

/** How long a broken line may stay broken before the page says so, milliseconds. */
const PATIENCE = 4000;

/**
 * Events of a request, ending with `done` or `refused`.
 *
 * Throws `Unreachable` when the line stays broken, `Refused` when the server no longer knows the request.
 * Aborting the signal closes the stream and ends the iteration quietly.
 */
export async function* events(key: string, signal: AbortSignal): AsyncGenerator<WireEvent> {
  const source = new EventSource(address(`/api/v1/requests/${key}/events`));
  const queue: (WireEvent | Error)[] = [];
  let wake: () => void = () => undefined;
  let broken: ReturnType<typeof setTimeout> | undefined;
  const put = (item: WireEvent | Error): void => {
    queue.push(item);
    wake();
  };
  for (const name of NAMES) {
    source.addEventListener(name, (message) => {
      clearTimeout(broken);
      broken = undefined;
      put(JSON.parse((message as MessageEvent<string>).data) as WireEvent);
    });
  }
  source.onopen = () => {
    clearTimeout(broken);
    broken = undefined;
  };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) {
      ticket(key, signal).then(
        () => put(new Unreachable()),
        (error: unknown) => put(error instanceof Refused ? error : new Unreachable()),
      );
    } else {
      broken ??= setTimeout(() => put(new Unreachable()), PATIENCE);
    }
  };
  const stop = (): void => wake();
  signal.addEventListener("abort", stop);
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
    clearTimeout(broken);
    signal.removeEventListener("abort", stop);
    source.close();
  }
}
