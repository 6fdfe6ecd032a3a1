/** What a request may have to download: checkpoints of the hub's models, wherever it names them. */
import type { AnyRequest } from "../api/types";
import { isRepository } from "../asking/repository";

interface Named {
  readonly name: string;
  readonly revisions: readonly string[];
}

/** Names of the models that a request names, wherever it does. */
export const modelsOf = (request: object): string[] => namedIn(request).map(({ name }) => name);

/** "EleutherAI/pythia-70m step8", of every checkpoint that a request takes from the hub. */
export function checkpointsOf(request: AnyRequest): string[] {
  // Films and sweeps name their checkpoints beside the model, and then those count alone.
  const beside = "revisions" in request ? (request.revisions ?? []) : [];
  return namedIn(request)
    .filter(({ name }) => isRepository(name))
    .flatMap(({ name, revisions }) =>
      (beside.length > 0 ? beside : revisions).map((revision) => `${name} ${revision}`),
    );
}

function namedIn(request: object): Named[] {
  return Object.entries(request).flatMap(([field, value]: [string, unknown]) => {
    if (field === "model" || field === "models") return [value].flat().flatMap(named);
    return typeof value === "object" && value !== null ? namedIn(value) : [];
  });
}

function named(model: unknown): Named[] {
  if (typeof model === "string") return [{ name: model, revisions: ["main"] }];
  if (typeof model !== "object" || model === null || !("name" in model)) return [];
  const { name, revision, revisions } = model as { name: unknown; revision?: string; revisions?: string[] };
  return typeof name === "string" ? [{ name, revisions: revisions ?? [revision ?? "main"] }] : [];
}
