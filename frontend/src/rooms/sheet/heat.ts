/** The scale of the numbers in the cells: from 1 (a straight line, one region) to the largest that is shown. */
import { computed } from "@preact/signals";
import { view } from "../../shell/store";
import { rows } from "./cells";

export const heatMost = computed<number>(() => {
  const { heat } = view.value;
  if (heat === "none") return 1;
  return rows.value.reduce(
    (most, row) => Math.max(most, (heat === "regions" ? row.regions : row.sharpness) ?? 1),
    1,
  );
});
