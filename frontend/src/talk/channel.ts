/** Between the talk and the speaker's window: what is shown goes one way, the speaker's keys the other. */
import { effect } from "@preact/signals";
import { title } from "../shell/title";
import { began, story, viewAt } from "./state";

/** What the speaker's window shows. */
export interface OnStage {
  readonly place: number;
  readonly of: number;
  readonly title: string;
  readonly notes: string;
  readonly next: string;
  /** What is on screen, frame and all. */
  readonly screen: string;
  readonly began: number | null;
}

export type StageMessage =
  | { readonly say: "standing"; readonly now: OnStage }
  | { readonly say: "hello" }
  | { readonly say: "forward" | "back" }
  | { readonly say: "show"; readonly place: number };

export const NAME = "stable-regions-talk";

let line: BroadcastChannel | null = null;

function standing(): OnStage {
  const { views } = story.value;
  const now = views[viewAt.value];
  return {
    place: viewAt.value,
    of: views.length,
    title: now?.title ?? "",
    notes: now?.notes ?? "",
    next: views[viewAt.value + 1]?.title ?? "",
    screen: title.value,
    began: began.value,
  };
}

export function tell(): void {
  line?.postMessage({ say: "standing", now: standing() } satisfies StageMessage);
}

/** Listens to the speaker's window, and tells it what changes; once. */
export function hear(act: {
  readonly forward: () => void;
  readonly back: () => void;
  readonly show: (place: number) => void;
}): void {
  if (line) return;
  line = new BroadcastChannel(NAME);
  line.onmessage = ({ data }: MessageEvent<StageMessage>) => {
    if (data.say === "hello") tell();
    else if (data.say === "forward") act.forward();
    else if (data.say === "back") act.back();
    else if (data.say === "show") act.show(data.place);
  };
  effect(() => {
    standing();
    tell();
  });
}
