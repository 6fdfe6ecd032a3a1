/** What follows from picking a model: its last checkpoint, a layer as deep as before, prompts that it understands. */
import type { Catalogue, ModelCard } from "../api/types";
import { compact } from "../kit/numbers";
import { askedBy, cardOf, type View } from "./view";

/** The models of one family, smallest first; `open` is listed also where the catalogue does not. */
export function sizesOf(catalogue: Catalogue, family: string, open?: ModelCard): ModelCard[] {
  const found = catalogue.models.filter((card) => card.family === family && card.name !== open?.name);
  if (open?.family === family) found.push(open);
  return found.sort((one, other) => one.parameters - other.parameters);
}

export function families(catalogue: Catalogue): string[] {
  return [...new Set(catalogue.models.map((card) => card.family))];
}

/** The sizes of one family as choices; those that are alike in size are told apart by their names. */
export function sizeOptions(
  sizes: readonly Pick<ModelCard, "name" | "layers" | "parameters">[],
): { value: string; text: string }[] {
  const texts = sizes.map(({ name, layers, parameters }) =>
    layers > 0 ? `${layers} blocks · ${compact(parameters)}` : name,
  );
  return sizes.map(({ name }, i) => {
    const text = texts[i] ?? name;
    const alike = texts.filter((other) => other === text).length > 1;
    return { value: name, text: alike ? `${name} · ${text}` : text };
  });
}

/** The change of view that goes to another model. */
export function toModel(catalogue: Catalogue, view: View, name: string): Partial<View> {
  const from = cardOf(catalogue, view.model);
  const to = cardOf(catalogue, name);
  if (!to) return {};
  if (from?.family !== to.family) {
    const preset = catalogue.presets.find(
      (one) => cardOf(catalogue, one.request.slice.model.name)?.family === to.family,
    );
    if (preset) {
      const asked = askedBy(preset.request, catalogue);
      if (asked.model === name) return { ...asked, pin: null };
      return {
        ...onto(to, view.revision),
        prompts: asked.prompts,
        layer: to.write_layer,
        bos: null,
        pin: null,
      };
    }
    return { ...onto(to, view.revision), layer: to.write_layer, bos: null, pin: null };
  }
  const usual = from && view.layer === from.write_layer;
  const depth = from && from.layers > 1 ? view.layer / (from.layers - 1) : 0;
  const layer = usual ? to.write_layer : Math.round(depth * (to.layers - 1));
  return { ...onto(to, view.revision), layer };
}

function onto(card: ModelCard, revision: string): Pick<View, "model" | "revision" | "revisions"> {
  const has = card.revisions.some((row) => row.revision === revision);
  return {
    model: card.name,
    revision: has ? revision : (card.revisions.at(-1)?.revision ?? "main"),
    // Of the hub's, those that are on disk: nothing is downloaded because a size was picked.
    revisions: card.source === "hub" ? card.revisions.map((row) => row.revision) : null,
  };
}
