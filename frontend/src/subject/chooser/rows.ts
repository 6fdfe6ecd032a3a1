/** The list of models: those that are here, then the families of the hub, filtered by what is searched for. */
import type { Catalogue, ModelCard, RepositoryCard } from "../../api/types";

export interface Row {
  readonly name: string;
  readonly parameters: number;
  readonly gated: boolean;
  /** Whether there is more than the trained model. */
  readonly checkpoints: boolean;
  readonly tokensPerStep: number | null;
  /** Checkpoints that need no download. */
  readonly here: number;
}

export interface Group {
  readonly title: string;
  /** Licence, note and names of checkpoints; empty where there is nothing to say. */
  readonly license: string;
  readonly note: string;
  readonly rows: readonly Row[];
}

/** Every word of the search must be found in a row's name, family, licence or note. */
export function groups(catalogue: Catalogue, search: string): Group[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const here = new Map(catalogue.models.map((card) => [card.name, card]));
  const all: Group[] = [
    { title: "On this computer", license: "", note: "", rows: catalogue.models.map(ofCard) },
    ...(catalogue.hub.offline
      ? []
      : catalogue.families.map((family) => ({
          title: family.family,
          license: family.license,
          note: family.note,
          rows: family.repositories.map((row) => ofRepository(row, here.get(row.name))),
        }))),
  ];
  return all
    .map((group) => ({ ...group, rows: group.rows.filter((row) => matches(row, group, words)) }))
    .filter((group) => group.rows.length > 0);
}

function matches(row: Row, group: Group, words: readonly string[]): boolean {
  const text = `${row.name} ${group.title} ${group.license} ${group.note}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function ofCard(card: ModelCard): Row {
  return {
    name: card.name,
    parameters: card.parameters,
    gated: false,
    checkpoints: card.revisions.length > 1,
    tokensPerStep: null,
    here: card.revisions.length,
  };
}

function ofRepository(row: RepositoryCard, here: ModelCard | undefined): Row {
  return {
    name: row.name,
    parameters: row.parameters,
    gated: row.gated,
    checkpoints: row.checkpoints,
    tokensPerStep: row.tokens_per_step,
    here: here?.revisions.length ?? 0,
  };
}

/** Whether a text can be a repository's id: owner/name. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/.test(text) && !text.includes("..");
}
