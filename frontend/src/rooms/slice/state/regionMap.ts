/** Which regions are drawn and listed, and which one is looked at. */
import { computed, signal } from "@preact/signals";
import { borders } from "../../../field/contours";
import type { Divided } from "../../../field/divided";
import { clustered } from "../../../field/linkage";
import { type Atlas, atlas, type Land } from "../../../field/regionMap";
import { regions } from "../../../field/regions";
import { span, windowOf } from "../../../field/view";
import { isOpen } from "../../../shell/address";
import { pointer } from "../../../subject/pointer";
import { byName, byOutput, threshold } from "./divided";
import { shown } from "./shown";
import { sliceView } from "./view";

const byThreshold = new WeakMap<Divided, { readonly threshold: number; readonly land: Land }>();

/** The regions of outputs that agree to within a threshold. The server compares in single precision, and so do we. */
export function landOf(found: Divided, within: number): Land {
  const known = byThreshold.get(found);
  if (known?.threshold === within) return known.land;
  const { slice, steps, names } = found;
  const list = clustered(steps, Math.fround(within), names);
  const map: Atlas = {
    nx: slice.nx,
    ny: slice.ny,
    names,
    regions: list,
    borders: borders(list.of, slice.nx, slice.ny),
  };
  const land = { slice, atlas: map };
  byThreshold.set(found, { threshold: within, land });
  return land;
}

/** The regions drawn instead of the picture's own names: null where these hold, or others are not there yet. */
export const drawnMap = computed<Land | null>(() => {
  if (!isOpen.value || sliceView.value.agree === "token") return null;
  const [found, within] = [byName.own.value, threshold.value];
  return found && within !== null ? landOf(found, within) : null;
});

const lands = new WeakMap<Divided, Land>();

/** The regions that are listed: as measured where they are, else as they are seen. */
export const listed = computed<Land | null>(() => {
  if (drawnMap.value) return drawnMap.value;
  const found = byName.own.value;
  if (found) {
    const known = lands.get(found);
    if (known) return known;
    const { slice, label, names } = found;
    const { nx, ny } = slice;
    const own = regions(label, nx, ny);
    const list = own.list.map((region, n) => ({ ...region, token: found.token[n] ?? region.token }));
    const map: Atlas = { nx, ny, names, regions: { list, of: own.of }, borders: borders(label, nx, ny) };
    const land = { slice, atlas: map };
    lands.set(found, land);
    return land;
  }
  const slice = shown.value?.slice;
  return slice ? { slice, atlas: atlas(slice) } : null;
});

/** What was measured of the listed regions, by their numbers. */
export const measured = computed<Divided | null>(() =>
  drawnMap.value ? byOutput.own.value : byName.own.value,
);

/** A region that is pointed at in the list. */
export const named = signal<number | null>(null);

/** The region under the pointer in the picture. */
export const under = computed<number | null>(() => {
  const [at, land] = [pointer.value, listed.value];
  if (!at || !land || sliceView.value.beside !== "regions") return null;
  const { nx, ny, regions: found } = land.atlas;
  const { alpha, beta } = windowOf(land.slice);
  const i = Math.floor(((at.alpha - alpha[0]) / span(alpha)) * (nx - 1) + 0.5);
  const j = Math.floor(((at.beta - beta[0]) / span(beta)) * (ny - 1) + 0.5);
  return i >= 0 && j >= 0 && i < nx && j < ny ? (found.of[j * nx + i] ?? null) : null;
});
