/** Whether the page stands in one column, as on a phone: the same width as the rooms' style sheets take. */
import { signal } from "@preact/signals";

const query = typeof matchMedia === "function" ? matchMedia("(max-width: 719px)") : null;

export const oneColumn = signal(query?.matches ?? false);
query?.addEventListener("change", ({ matches }) => {
  oneColumn.value = matches;
});
