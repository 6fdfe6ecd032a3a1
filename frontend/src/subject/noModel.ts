/** What rooms about language models say where the server has none. */
import { catalogue } from "../api/catalogue";
import type { Problem } from "../api/types";
import { view } from "./state";

const NO_MODEL: Problem = {
  type: "about:blank",
  title: "No model is here",
  status: 0,
  detail: "The server lists no model: neither a bundled one nor one in a model folder.",
  next: "Train one with `stable-regions train facts`, or name a folder in STABLE_REGIONS_MODEL_FOLDERS; this page looks again by itself.",
};

/** Where the catalogue lists no model. */
export const noModelListed = (): Problem | null => (catalogue.value?.models.length === 0 ? NO_MODEL : null);

/** Where no model is listed, and the link names none of the hub either. */
export const noModel = (): Problem | null =>
  noModelListed() && !(view.isOpen && view.value.model) ? NO_MODEL : null;
