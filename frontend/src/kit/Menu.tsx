/** A button that opens a small panel under it. The browser's own popover closes it on Escape or a click elsewhere. */
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { Icon } from "./icons";
import "./menu.css";

const MARGIN = 8;

export function Menu({
  label,
  title,
  children,
}: {
  label: string;
  title?: string;
  children: ComponentChildren;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  const settle = (): void => {
    if (!button.current || !panel.current) return;
    const from = button.current.getBoundingClientRect();
    const width = panel.current.offsetWidth;
    const left = Math.min(innerWidth - width - MARGIN, Math.max(MARGIN, from.right - width));
    panel.current.style.left = `${left}px`;
    panel.current.style.top = `${from.bottom + 4}px`;
    panel.current.style.maxHeight = `${innerHeight - from.bottom - 4 - MARGIN}px`;
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        class="menu-button"
        popovertarget={id}
        title={title}
        aria-haspopup="true"
      >
        <span class="menu-label">{label}</span>
        <Icon name="down" />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        class="menu"
        role="group"
        aria-label={label}
        onToggle={(event) => {
          if ((event as unknown as ToggleEvent).newState === "open") settle();
        }}
      >
        {children}
      </div>
    </>
  );
}

/** Closes the open menu, when one of its entries has done its work. */
export function closeMenus(): void {
  for (const open of document.querySelectorAll<HTMLElement>(".menu:popover-open")) open.hidePopover();
}
