/** What can be saved of the enlarged view as it stands: its chart, its numbers, its request. */
import { signal } from "@preact/signals";
import type { AnyRequest } from "../../../api/types";
import { pythonOf } from "../../../export/python";
import { download } from "../../../export/saving";
import { type Figure, imageOf } from "../../../plot/image";
import { toClipboard } from "../../../shell/CopyLink";
import { guarded } from "../../../shell/guarded";

export interface Savable {
  /** Part of the file's name. */
  readonly name: string;
  readonly csv: () => string;
  readonly request: () => AnyRequest | null;
}

export const savable = signal<Savable | null>(null);
export const figure = signal<Figure | null>(null);

export function saveImage(format: "png" | "svg"): Promise<void> {
  return guarded(async () => {
    const drawn = figure.peek();
    if (!drawn) throw new Error("there is no chart yet.");
    download(await imageOf(drawn, format), `${savable.peek()?.name ?? "curve"}.${format}`);
  });
}

export function saveCsv(): Promise<void> {
  return guarded(async () => {
    const own = savable.peek();
    if (!own) throw new Error("there is no curve yet.");
    download(new Blob([own.csv()], { type: "text/csv" }), `${own.name}.csv`);
  });
}

export function copyPython(): Promise<void> {
  return guarded(async () => {
    const request = savable.peek()?.request();
    if (request) await toClipboard(pythonOf(request, location.origin));
  });
}
