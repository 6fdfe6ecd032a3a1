/** Fetching the parts of an answer as they become ready. */
import { result } from "../api/client";
import { decodeResult, type ResultFile } from "../api/decode";
import type { SliceRequest } from "../api/types";
import { type Slice, sliceOf } from "../field/slice";

/** Requests in flight at once. */
const IN_FLIGHT = 4;

/** Where slices go, and which are waited for most. */
export interface Places {
  /** Two requests of one name are levels of one picture. */
  name(request: SliceRequest): string;
  /** Which of the wanted is fetched next; undefined: the first. */
  next(wanted: ReadonlyMap<string, unknown>): string | undefined;
  arrived(name: string, slice: Slice, file: ResultFile): void;
}

/** Fetches wanted slices, a few at a time, and only the finest known level of each. */
export class Loader {
  private readonly wanted = new Map<string, string>();
  private readonly have = new Map<string, number>();
  private active = 0;
  private waiting: (() => void)[] = [];
  private failure: unknown = null;

  constructor(
    private readonly signal: AbortSignal,
    private readonly places: Places,
  ) {}

  want(request: SliceRequest, url: string): void {
    const name = this.places.name(request);
    const resolution = request.resolution ?? 65;
    if ((this.have.get(name) ?? 0) >= resolution) return;
    this.have.set(name, resolution);
    this.wanted.set(name, url);
    this.pump();
  }

  /** Resolves when nothing is left to fetch. */
  async idle(): Promise<void> {
    if (this.active > 0 || this.wanted.size > 0)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.failure) throw this.failure;
  }

  private pump(): void {
    while (this.active < IN_FLIGHT && this.wanted.size > 0 && !this.signal.aborted) {
      const name = this.places.next(this.wanted) ?? (this.wanted.keys().next().value as string);
      const url = this.wanted.get(name) as string;
      this.wanted.delete(name);
      this.active++;
      this.load(name, url)
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

  private async load(name: string, url: string): Promise<void> {
    const file = decodeResult(await result(url, this.signal));
    if (!this.signal.aborted) this.places.arrived(name, sliceOf(file), file);
  }
}
