/** Whether the sheet of models is open, and at which model: null shows the list. */
import { batch, signal } from "@preact/signals";

export const chooserOpen = signal(false);

/** The model whose checkpoints are shown. */
export const chosenModel = signal<string | null>(null);

/** Opens the sheet at the list of models. */
export function chooseModel(): void {
  batch(() => {
    chosenModel.value = null;
    chooserOpen.value = true;
  });
}

/** Opens the sheet at a model's checkpoints. */
export function chooseCheckpoints(model: string): void {
  batch(() => {
    chosenModel.value = model;
    chooserOpen.value = true;
  });
}
