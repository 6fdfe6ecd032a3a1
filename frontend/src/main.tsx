/** Starts the page: catalogue, view from the address, then everything that follows the view. */
import { render } from "preact";
import { startEnlarging } from "./along/EnlargedSheet";
import { catalogue } from "./api/client";
import { App, closedBy, NO_MODEL, shut } from "./app";
import { startKeys } from "./help/keys";
import { startDropping } from "./pages/slice/drop";
import { startForming } from "./regions/FormingSheet";
import { startAsking } from "./state/ask";
import { startFullScreen } from "./state/chrome";
import { startCurves } from "./state/curves";
import { startLearning } from "./state/known";
import { startPinning } from "./state/pin";
import { playOnce } from "./state/play";
import { startRefining } from "./state/refine";
import { isOpen, open, startTitle, view } from "./state/store";
import { startTheme } from "./theme/theme";
import "./theme/tokens.css";
import "./theme/base.css";
import "./app.css";

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
  void import("./regions/begin").then(
    (later) => later.begin(),
    () => undefined,
  );
  if (fresh) playOnce();
}

startTheme();
const page = document.getElementById("page");
if (page) render(<App />, page);
void begin();
