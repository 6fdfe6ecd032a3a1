/** What surrounds the picture: hidden in talks, and always when the page stands inside another one. */
import { signal } from "@preact/signals";

/** The page stands in a frame of another page: `?embed=1`. */
export const EMBEDDED = new URLSearchParams(globalThis.location?.search ?? "").get("embed") === "1";

/** Whether the theme that is on has a dark ground; the theme says so. */
export const dark = signal(false);

/** A talk is being given: the figure alone, in the projector's theme unless the view has one of its own. */
export const presenting = signal(false);

/** Only picture and scrubber. */
export const bare = signal(false);

/** In full screen only the figure is left; leaving it brings everything back. */
export function startFullScreen(): void {
  document.addEventListener("fullscreenchange", () => {
    bare.value = document.fullscreenElement !== null;
  });
}

export async function fullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen?.();
}
