/** The speaker's window: notes, what comes next, time. Its keys move the talk in the other window. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { NAME, type OnStage, type StageMessage } from "./channel";
import "./talk.css";

const now = signal<OnStage | null>(null);
const clock = signal(Date.now());

const FORWARD = ["PageDown", "ArrowRight", "ArrowDown", " "];
const BACK = ["PageUp", "ArrowLeft", "ArrowUp"];

export default function Notes() {
  useEffect(() => {
    const line = new BroadcastChannel(NAME);
    const say = (told: StageMessage): void => line.postMessage(told);
    line.onmessage = ({ data }: MessageEvent<StageMessage>) => {
      if (data.say === "standing") now.value = data.now;
    };
    const onKey = (event: KeyboardEvent): void => {
      const told = FORWARD.includes(event.key) ? "forward" : BACK.includes(event.key) ? "back" : null;
      if (!told) return;
      event.preventDefault();
      say({ say: told });
    };
    addEventListener("keydown", onKey);
    const ticking = setInterval(() => {
      clock.value = Date.now();
    }, 500);
    document.title = "Notes · Stable Regions";
    say({ say: "hello" });
    return () => {
      line.close();
      removeEventListener("keydown", onKey);
      clearInterval(ticking);
    };
  }, []);
  const shown = now.value;
  if (!shown)
    return (
      <main class="opening">
        <p role="status">Waiting for the talk: begin it in the other window (T, then Present).</p>
      </main>
    );
  return (
    <main class="speaker">
      <header>
        <p class="speaker-place">
          {shown.place + 1} of {shown.of}
        </p>
        <p class="speaker-time" role="timer">
          {shown.began === null ? "0:00" : elapsed(clock.value - shown.began)}
        </p>
      </header>
      <h1>{shown.title}</h1>
      <p class="quiet">On screen: {shown.screen}</p>
      <p class="speaker-notes">{shown.notes || "No notes."}</p>
      <footer>{shown.next ? `Next: ${shown.next}` : "The last view."}</footer>
    </main>
  );
}

function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
