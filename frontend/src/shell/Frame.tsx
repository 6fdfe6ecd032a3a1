/** The bar at the top of every room. */
import type { ComponentChildren } from "preact";
import { Icon } from "../kit/icons";
import { fullScreen } from "./chrome";
import { helpOpen } from "./sheets";
import { Tabs } from "./Tabs";
import "./bar.css";

/** What every room's bar has: the name, the rooms, and between them what that room asks. */
export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <header class="bar">
      <h1 class="brand">
        <img src="./icon.svg" alt="" width="24" height="24" />
        <span>Stable Regions</span>
      </h1>
      <Tabs />
      {children}
    </header>
  );
}

/** What can be done in every room. */
export function Everywhere() {
  return (
    <>
      <button
        type="button"
        class="icon bare full-screen"
        aria-label="Full screen"
        title="Full screen (F)"
        onClick={() => void fullScreen()}
      >
        <Icon name="full" />
      </button>
      <button
        type="button"
        class="icon bare"
        aria-label="Help and keys"
        title="Help and keys (?)"
        onClick={() => (helpOpen.value = true)}
      >
        ?
      </button>
    </>
  );
}
