/** What the tests of a question share: a paper server for each, what is asked, and a question that has begun. */
import { signal } from "@preact/signals";
import { afterEach, beforeEach } from "vitest";
import type { SliceRequest } from "../api/types";
import { nameDownloads } from "./consent";
import type { Options } from "./options";
import { Paper } from "./paper";
import { Question } from "./question";

export let paper: Paper;
export const requested = signal<SliceRequest | null>(null);
let end: () => void = () => undefined;

/** Each test of the file has a server of its own; its question ends with it. */
export function eachOnPaper(): void {
  beforeEach(async () => {
    nameDownloads(() => []);
    requested.value = null;
    paper = new Paper();
    await paper.start();
  });
  afterEach(async () => {
    end();
    await paper.stop();
  });
}

export function questionOnPaper(
  more: Partial<Options<SliceRequest, string, string, "slice">> = {},
): Question<SliceRequest, string, string, "slice"> {
  const made = new Question<SliceRequest, string, string, "slice">({
    request: requested,
    pause: 0,
    read: ({ metadata }) => String(metadata["value"]),
    ...more,
  });
  end = made.start();
  return made;
}
