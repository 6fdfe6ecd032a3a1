/** How long the costly parts take: `npx vitest bench --run`. Budgets: paint 8 ms at 513², borders 4 ms at 129². */

import { bench, describe } from "vitest";
import { crossfade } from "./blend";
import { paint } from "./colour";
import { borders } from "./contours";
import { exampleSlice, PULLS } from "./example";
import { placeLabels } from "./labels";
import { nameGrid } from "./names";
import { regions } from "./regions";
import { largest } from "./slice";

const PULLED = [
  ...PULLS,
  { token: " Paris", alpha: 0.45, beta: 0.45 },
  { token: " Hindi", alpha: 1.1, beta: 0.6 },
  { token: " Euro", alpha: -0.2, beta: 0.9 },
];

describe.each([129, 513])("%d²", (n) => {
  const slice = exampleSlice(n, { pulls: PULLED });
  const names = nameGrid(slice);
  const found = regions(names, n, n);
  const place = { left: 0, top: 0, width: 620, height: 620 };
  const painted = (palette: "paper" | "safe") => ({
    pixels: paint(slice, { palette, normalisation: "frame" }),
    width: n,
    height: n,
  });
  const [from, to] = [painted("paper"), painted("safe")];
  largest(slice);

  bench("paint, paper", () => void paint(slice, { palette: "paper", normalisation: "frame" }));
  bench("paint, safe", () => void paint(slice, { palette: "safe", normalisation: "frame" }));
  bench("crossfade", () => void crossfade(from, to, 0.4));
  bench("names", () => void nameGrid(slice));
  bench("regions", () => void regions(names, n, n));
  bench("borders", () => void borders(names, n, n));
  bench("labels", () => {
    placeLabels(found, {
      nx: n,
      ny: n,
      place,
      clip: place,
      textOf: String,
      measure: (text, size) => 0.55 * size * text.length,
      discs: [],
      boxes: [],
      sizes: [11, 30],
    });
  });
});
