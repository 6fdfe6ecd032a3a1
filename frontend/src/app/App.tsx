/** The page: opening, then the main room with its sheets. */
import { computed, signal } from "@preact/signals";
import { Refused, setToken, token, Unreachable } from "../api/client";
import type { Problem } from "../api/types";
import { whenOpened } from "../kit/lazily";
import { isOpen } from "../shell/address";
import { EMBEDDED } from "../shell/chrome";
import { hovering } from "../shell/notice";
import { galleryOpen, helpOpen, talkOpen } from "../shell/sheets";
import { chooserOpen } from "../subject/chooser/open";
import { OpenRoom } from "./Room";

/** Why the page could not open. */
export const shut = signal<Problem | null>(null);

/** Why the page does not open. */
export function closedBy(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return {
    type: "about:blank",
    title: error instanceof Unreachable ? "The server does not answer" : "The page could not open",
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    next: "Start it with `stable-regions serve`; this page opens by itself when it is there.",
  };
}

const chooser = () => import("../subject/chooser/Chooser");
const gallery = () => import("./presets/Gallery");
const talk = () => import("../talk/Talk");
const help = () => import("./help/Help");

/** What opens over any room. */
export const SHEETS = [help, gallery, chooser, talk] as const;

const Models = whenOpened(chooserOpen, chooser);
const Gallery = whenOpened(galleryOpen, gallery);
const Help = whenOpened(helpOpen, help);

/** Looked at before anything of a talk is fetched; `talk/state.ts` knows the rest. A frame may be denied its storage. */
function talkWaits(): boolean {
  if (EMBEDDED) return false;
  if (new URLSearchParams(location.search).has("talk")) return true;
  try {
    return (
      localStorage.getItem(`stable-regions-talk ${location.pathname}`)?.includes('"presenting":true') ?? false
    );
  } catch {
    return false;
  }
}
const talkGoesOn = talkWaits();

/** A talk that the address asks for, or that a reload broke off, goes on by itself. */
const talking = computed(() => talkOpen.value || talkGoesOn);
const Talk = whenOpened(talking, talk);

export function App() {
  if (!isOpen.value) return <Opening />;
  return (
    <>
      <OpenRoom />
      <Gallery />
      <Models />
      <Help />
      <Talk />
      {hovering.value && (
        <div class="drop-hint" role="status">
          <p>Drop a picture that was saved here: its view comes back. Or a pack: it opens.</p>
        </div>
      )}
    </>
  );
}

function Opening() {
  const found = shut.value;
  return (
    <main class="opening">
      <img src="./icon.svg" alt="" width="48" height="48" />
      <h1>Stable Regions Explorer</h1>
      {found?.status === 401 ? (
        <TokenForm />
      ) : found ? (
        <section role="alert">
          <h2>{found.title}</h2>
          <p>{found.detail}</p>
          <p class="quiet">{found.next}</p>
        </section>
      ) : (
        <p class="quiet" role="status">
          opening …
        </p>
      )}
    </main>
  );
}

/** The server asks who is there. */
function TokenForm() {
  const tried = token() !== null;
  return (
    <form
      class="door"
      onSubmit={(event) => {
        event.preventDefault();
        setToken(String(new FormData(event.currentTarget).get("token") ?? ""));
        location.reload();
      }}
    >
      <label>
        {tried ? "That token was not right. Access token" : "This server asks for an access token"}
        <input name="token" type="password" autocomplete="current-password" required />
      </label>
      <button type="submit" class="primary">
        Open
      </button>
    </form>
  );
}
