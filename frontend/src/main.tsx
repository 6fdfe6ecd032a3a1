/** Starts the page: catalogue, view from the address, then everything that follows the view. */
import { render } from "preact";
import { catalogue } from "./api/client";
import { App, closedBy, NO_MODEL, shut } from "./app/App";
import { startKeys } from "./app/help/keys";
import { startEnlarging } from "./rooms/slice/curve/EnlargedSheet";
import { startDropping } from "./rooms/slice/drop";
import { startForming } from "./rooms/slice/regions/FormingSheet";
import { startAsking } from "./rooms/slice/state/ask";
import { startCurves } from "./rooms/slice/state/curves";
import { startPinning } from "./rooms/slice/state/pin";
import { startRefining } from "./rooms/slice/state/refine";
import { startFullScreen } from "./shell/chrome";
import { isOpen, open, startTitle, view } from "./shell/store";
import { startTheme } from "./shell/theme";
import { startLearning } from "./subject/known";
import { playOnce } from "./subject/play";
import "./kit/tokens.css";
import "./kit/base.css";
import "./app/app.css";

const RETRY = 2000;

async function begin(): Promise<void> {
  const fresh = location.hash.length < 2;
  try {
    const found = await catalogue();
    if (found.models.length === 0) throw new Error(NO_MODEL.detail);
    open(found);
  } catch (error) {
    shut.value = closedBy(error);
    if (shut.value.status === 401) return;
    setTimeout(() => void begin(), RETRY);
    return;
  }
  startKeys();
  startFullScreen();
  startTitle();
  startDropping();
  startLearning(() => (isOpen.value ? view.value.model : null));
  startAsking();
  startPinning();
  startRefining();
  startForming();
  startCurves();
  startEnlarging();
  void import("./rooms/slice/regions/begin").then(
    (later) => later.begin(),
    () => undefined,
  );
  if (fresh) playOnce();
}

startTheme();
const page = document.getElementById("page");
if (page) render(<App />, page);
void begin();
