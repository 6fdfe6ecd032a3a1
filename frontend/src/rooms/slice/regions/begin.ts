/** What is asked about a picture beside the picture itself; fetched once the page is open. */
import { effect } from "@preact/signals";
import { MARKS, markText, type Timeline } from "../../../field/timeline";
import { believed, believedLand } from "../state/believed";
import { startMeasuring } from "../state/divided";
import { formed, startSettling } from "../state/forming";
import { projected } from "../state/others";
import { drawnOverlay, marks, stands, telling, told } from "../state/overlays";
import { drawnMap } from "../state/regionMap";
import { veiled } from "../state/veil";
import { startLaying } from "./layers";

export function begin(): void {
  startMeasuring();
  for (const asked of [veiled, believed, projected, formed]) asked.start();
  startLaying();
  startSettling();
  effect(() => {
    drawnOverlay.value = believedLand.value ?? drawnMap.value;
  });
  effect(() => {
    stands.value = (projected.own.value ?? []).map(({ at }) => at);
  });
  effect(() => {
    told.value = formed.own.value;
    marks.value = marksOf(formed.own.value);
  });
  effect(() => {
    telling.value = formed.progress.value?.share ?? null;
  });
}

function marksOf(timeline: Timeline | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of timeline ? MARKS : []) {
    const mark = timeline?.marks[name];
    const revision = mark && timeline?.revisions[mark.frame];
    if (!mark || !revision) continue;
    const before = found.get(revision);
    found.set(revision, `${before ? `${before}; ` : ""}${markText(name, mark)}`);
  }
  return found;
}
