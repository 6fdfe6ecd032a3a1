/** One question at a time: a newer one breaks the older off. */
export class Newest {
  private text = "";
  private stop = new AbortController();
  private pause: ReturnType<typeof setTimeout> | undefined;

  /** Works on a question unless it is the one in hand; the empty text only stops. */
  ask(text: string, wait: number, work: (signal: AbortSignal) => Promise<void>): void {
    if (text === this.text) return;
    this.text = text;
    this.stop.abort();
    clearTimeout(this.pause);
    if (text === "") return;
    const own = new AbortController();
    this.stop = own;
    this.pause = setTimeout(() => void work(own.signal), wait);
  }

  /** Lets the same question be asked again. */
  forget(): void {
    this.ask("", 0, async () => undefined);
  }
}
