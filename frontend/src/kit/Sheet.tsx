/** A sheet over the page: the browser's own dialog, so focus, Escape and the backdrop behave. */
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icons";
import "./sheet.css";

interface Props {
  readonly open: Signal<boolean>;
  readonly title: string;
  readonly class: string;
  readonly children: ComponentChildren;
}

export function Sheet({ open, title, class: className, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const wanted = open.value;

  useEffect(() => {
    const own = dialog.current;
    if (!own) return;
    if (wanted && !own.open) own.showModal();
    if (!wanted && own.open) own.close();
  }, [wanted]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog; the click is for the backdrop
    <dialog
      ref={dialog}
      class={`sheet ${className}`}
      aria-labelledby={id}
      onClose={() => {
        open.value = false;
      }}
      onClick={(event) => {
        if (event.target === dialog.current) open.value = false;
      }}
    >
      <div class="sheet-inner">
        <header class="sheet-head">
          <h2 id={id}>{title}</h2>
          <button
            type="button"
            class="icon bare"
            aria-label="Close"
            onClick={() => {
              open.value = false;
            }}
          >
            <Icon name="close" />
          </button>
        </header>
        {wanted && children}
      </div>
    </dialog>
  );
}
