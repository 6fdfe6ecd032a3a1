/** A line in front of the server: a few questions at once, the others in the order they came. */
export class Line {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** Resolves when it is one's turn, with what gives the place back; an aborted signal leaves the line. */
  enter(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve) => {
      const turn = (): void => resolve(() => this.next());
      if (this.free > 0) {
        this.free--;
        turn();
        return;
      }
      this.waiting.push(turn);
      signal.addEventListener("abort", () => {
        const at = this.waiting.indexOf(turn);
        if (at >= 0) this.waiting.splice(at, 1);
        resolve(() => undefined);
      });
    });
  }

  private next(): void {
    const turn = this.waiting.shift();
    if (turn) turn();
    else this.free++;
  }
}
