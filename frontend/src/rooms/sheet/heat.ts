/** The scale of the numbers in the cells: from 1 (a straight line, one region) to the largest that is shown. */
import { computed } from "@preact/signals";
import { rows } from "./cells";
import { sheetView } from "./link";

export const heatMost = computed<number>(() => {
  const { heat } = sheetView.value;
  if (heat === "none") return 1;
  return rows.value.reduce(
    (most, row) => Math.max(most, (heat === "regions" ? row.regions : row.sharpness) ?? 1),
    1,
  );
});
