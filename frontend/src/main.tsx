/** Starts the page: catalogue, room and view from the address, then everything that follows them. */
import { render } from "preact";
import { catalogue } from "./api/catalogue";
import { source } from "./api/source";
import { App, closedBy, SHEETS, shut } from "./app/App";
import { startDropping } from "./app/drop";
import { fetchAhead, fetchRoom, startEntering } from "./app/entering";
import { KEYS } from "./app/keys";
import { ROOMS } from "./app/rooms";
import { nameDownloads } from "./asking/consent";
import { pack, packBeside } from "./pack/opened";
import { isOpen, open, reopen, room } from "./shell/address";
import { startFullScreen } from "./shell/chrome";
import { startKeys } from "./shell/keys";
import { startTheme } from "./shell/theme";
import { startTitle } from "./shell/title";
import { checkpointsOf } from "./subject/downloads";
import { startLearning } from "./subject/known";
import { view } from "./subject/state";
import "./kit/tokens.css";
import "./kit/base.css";
import "./app/app.css";

const RETRY = 2000;

async function begin(): Promise<void> {
  try {
    const beside = packBeside();
    if (beside && !pack.peek()) await (await import("./pack/open")).openBeside(beside);
    catalogue.value = await source.catalogue();
  } catch (error) {
    shut.value = closedBy(error);
    if (shut.value.status !== 401) setTimeout(() => void begin(), RETRY);
    return;
  }
  nameDownloads(checkpointsOf);
  open(ROOMS);
  startKeys(KEYS);
  startFullScreen();
  startTitle();
  startDropping();
  startLearning(() => (isOpen.value && room.value?.states.includes(view) ? view.value.model : null));
  startEntering();
  fetchAhead(ROOMS, SHEETS);
  if (catalogue.value.models.length === 0) setTimeout(() => void lookAgain(), RETRY);
}

/** Where no model was listed: one may be trained meanwhile. */
async function lookAgain(): Promise<void> {
  const found = await source.catalogue().catch(() => null);
  if (found && found.models.length > 0) {
    catalogue.value = found;
    reopen();
  } else setTimeout(() => void lookAgain(), RETRY);
}

startTheme();
const page = document.getElementById("page");
const notes = new URLSearchParams(location.search).has("notes");
if (page && notes) void import("./talk/Notes").then(({ default: Notes }) => render(<Notes />, page));
else if (page) render(<App />, page);
// The room is fetched while the catalogue is read: it is most of what has to come.
const asked = new URLSearchParams(location.hash.slice(1)).get("room");
const wanted = ROOMS.find(({ name }) => name === asked) ?? ROOMS[0];
if (wanted && !notes) fetchRoom(wanted);
if (!notes) void begin();
