/** For tests: all that the page holds as one flat object, and links to and from it. */
import { catalogue as listed } from "../api/catalogue";
import type { Catalogue } from "../api/types";
import { compareView } from "../rooms/compare/link";
import type { Variation } from "../rooms/compare/variation";
import { type SheetView, sheetView } from "../rooms/sheet/link";
import { type SliceView, sliceView } from "../rooms/slice/state/view";
import { studyView } from "../rooms/study/link";
import { firstStudy, type Study } from "../rooms/study/study";
import { hashTo, room, rooms, take } from "../shell/address";
import { type Look, look } from "../shell/look";
import { CATALOGUE } from "../subject/fixture";
import { view } from "../subject/state";
import type { View } from "../subject/view";
import { ROOMS } from "./rooms";

export interface Sum extends Look, View, SliceView {
  readonly room: string;
  readonly compare: readonly Variation[];
  readonly difference: readonly [number, number] | null;
  readonly sheetRevisions: SheetView["revisions"];
  readonly sheetLayers: SheetView["layers"];
  readonly heat: SheetView["heat"];
  /** Null where it is what the room opens with. */
  readonly study: Study | null;
}

function sum(): Sum {
  const { fields: compare, difference } = compareView.peek();
  const { revisions: sheetRevisions, layers: sheetLayers, heat } = sheetView.peek();
  const study = studyView.peek();
  const plain = JSON.stringify(study) === JSON.stringify(firstStudy(listed.peek()));
  return {
    ...look.peek(),
    ...view.peek(),
    ...sliceView.peek(),
    room: room.peek()?.name ?? "",
    compare,
    difference,
    sheetRevisions,
    sheetLayers,
    heat,
    study: plain ? null : study,
  };
}

/** What a link shows on a page that was just opened. */
export function viewOf(hash: string, catalogue: Catalogue): { view: Sum; complaints: readonly string[] } {
  listed.value = catalogue;
  rooms.value = ROOMS;
  for (const state of [look, ...ROOMS.flatMap(({ states }) => states)]) state.take(new URLSearchParams());
  const complaints = take(hash);
  return { view: sum(), complaints };
}

/** What an empty link shows. */
export const firstSum = (): Sum => viewOf("", CATALOGUE).view;

/** The link of a page that holds all this. */
export function hashOf(all: Sum): string {
  return hashTo(
    all.room,
    look.with(pick(all, look.peek())),
    view.with(pick(all, view.peek())),
    sliceView.with(pick(all, sliceView.peek())),
    compareView.with({ fields: all.compare, difference: all.difference }),
    sheetView.with({ revisions: all.sheetRevisions, layers: all.sheetLayers, heat: all.heat }),
    studyView.with(all.study ?? {}),
  );
}

function pick<T extends object>(all: Sum, like: T): Partial<T> {
  const names = new Set(Object.keys(like));
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name))) as Partial<T>;
}
