/** Copies the address, which is the whole view. */
import { signal } from "@preact/signals";
import { link } from "./address";

const copied = signal(false);
let fading: ReturnType<typeof setTimeout> | undefined;

/** Puts text on the clipboard; also on plain HTTP, where the browser's clipboard is closed. */
export async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // The browser refuses without focus or permission; the old way below still works.
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

export async function copyLink(): Promise<void> {
  await toClipboard(link());
  copied.value = true;
  clearTimeout(fading);
  fading = setTimeout(() => {
    copied.value = false;
  }, 1600);
}

export function CopyLink() {
  return (
    <button
      type="button"
      class="primary copy-link"
      onClick={() => void copyLink()}
      title="The link is the whole view"
    >
      <span aria-live="polite">
        {copied.value ? (
          "Copied"
        ) : (
          <>
            Copy<span class="link-word"> link</span>
          </>
        )}
      </span>
    </button>
  );
}
