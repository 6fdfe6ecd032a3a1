/**
 * What is known of models of the hub. The catalogue lists those that are on disk, with the checkpoints that are; the
 * whole of one, with every checkpoint there is, is asked for by name when somebody chooses it or a link names it.
 */
import { effect, signal } from "@preact/signals";
import { source } from "../api/source";
import type { ModelDocument } from "../api/types";
import { isRepository } from "../asking/repository";

export const documents = signal<ReadonlyMap<string, ModelDocument>>(new Map());

const coming = new Map<string, Promise<ModelDocument>>();

/** The model's document, kept. Asking again tells what is on disk by now; `refresh` also asks the hub anew. */
export function learn(name: string, refresh = false): Promise<ModelDocument> {
  const before = refresh ? undefined : coming.get(name);
  if (before) return before;
  const asked = source
    .model(name, refresh)
    .then((found) => {
      documents.value = new Map(documents.peek()).set(name, found);
      return found;
    })
    .finally(() => coming.delete(name));
  coming.set(name, asked);
  return asked;
}

/** Keeps the model that is open known. What speaks against it is told where its picture is asked for. */
export function startLearning(open: () => string | null): void {
  effect(() => {
    const name = open();
    if (name && isRepository(name) && !documents.peek().has(name)) void learn(name).catch(() => undefined);
  });
}
