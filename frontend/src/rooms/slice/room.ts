/** What is fetched when the slice room is first entered: its page, its keys, and what follows its question. */
import { isFresh } from "../../shell/address";
import { startEnlarging } from "./curve/EnlargedSheet";
import { startForming } from "./regions/FormingSheet";
import { SlicePage } from "./SlicePage";
import { startCurves } from "./state/curves";
import { film } from "./state/film";
import { pinned } from "./state/pin";
import { playOnce } from "./state/play";
import { finer } from "./state/refine";
import { startSharpening } from "./state/sharp";

export { keys } from "./keys";
export default SlicePage;

export function start(): void {
  for (const question of [film, pinned, finer]) question.start();
  startForming();
  startCurves();
  startEnlarging();
  startSharpening();
  void import("./regions/begin").then(
    (later) => later.begin(),
    () => undefined,
  );
  if (isFresh) playOnce();
}
