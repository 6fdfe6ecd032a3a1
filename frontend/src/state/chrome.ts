/** What surrounds the picture: hidden in talks, and always when the page stands inside another one. */
import { signal } from "@preact/signals";

/** The page stands in a frame of another page: `?embed=1`. */
export const EMBEDDED = new URLSearchParams(globalThis.location?.search ?? "").get("embed") === "1";

/** Only picture and scrubber. */
export const bare = signal(false);

export async function fullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen?.();
}
