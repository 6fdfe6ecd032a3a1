/** The menu of looks; what is in it comes after the page is there. */
import type { ComponentChildren } from "preact";
import { lazily } from "../kit/lazily";
import { Menu } from "../kit/Menu";

const LookFields = lazily(() => import("./LookFields"));

export function LookMenu({ children }: { readonly children?: ComponentChildren }) {
  return (
    <Menu label="Look">
      <LookFields>{children}</LookFields>
    </Menu>
  );
}
