/** Fetching the parts of an answer as they become ready. */
import { result } from "../api/client";
import { decodeResult } from "../api/decode";
import type { SliceRequest } from "../api/types";
import { sliceOf } from "../field/slice";
import { arrived } from "./frames";
import { view } from "./store";

/** Fetches wanted slices, a few at a time, the frame on screen first and only the finest known level of each. */
export class Loader {
  private readonly wanted = new Map<string, { resolution: number; url: string }>();
  private readonly have = new Map<string, number>();
  private active = 0;
  private waiting: (() => void)[] = [];
  private failure: unknown = null;

  constructor(private readonly signal: AbortSignal) {}

  want(request: SliceRequest, url: string): void {
    const revision = request.model.revision ?? "main";
    const resolution = request.resolution ?? 65;
    if ((this.have.get(revision) ?? 0) >= resolution) return;
    this.have.set(revision, resolution);
    this.wanted.set(revision, { resolution, url });
    this.pump();
  }

  /** Resolves when nothing is left to fetch. */
  async idle(): Promise<void> {
    if (this.active > 0 || this.wanted.size > 0)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.failure) throw this.failure;
  }

  private pump(): void {
    while (this.active < 4 && this.wanted.size > 0 && !this.signal.aborted) {
      const shown = view.peek().revision;
      const revision = this.wanted.has(shown) ? shown : (this.wanted.keys().next().value as string);
      const { url } = this.wanted.get(revision) as { url: string };
      this.wanted.delete(revision);
      this.active++;
      this.load(revision, url)
        .catch((error: unknown) => {
          if (!this.signal.aborted) this.failure = error;
        })
        .finally(() => {
          this.active--;
          this.pump();
        });
    }
    if (this.active === 0 && (this.wanted.size === 0 || this.signal.aborted)) {
      for (const wake of this.waiting.splice(0)) wake();
    }
  }

  private async load(revision: string, url: string): Promise<void> {
    const file = decodeResult(await result(url, this.signal));
    if (!this.signal.aborted) arrived(revision, sliceOf(file), file);
  }
}
