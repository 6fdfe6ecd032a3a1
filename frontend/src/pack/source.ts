/** Answers from a pack: what is in it is there at once, and what is not is refused with what to do about it. */
import { Refused } from "../api/client";
import { decodeResult, type Json } from "../api/decode";
import type { Source } from "../api/source";
import type { AnyRequest, Catalogue, Estimate, ModelDocument, Offer, Ticket } from "../api/types";
import { type Manifest, manifestOf } from "./manifest";
import { sameText } from "./same";
import { unpacked } from "./unpack";

/** Reads a file of the pack's own folder by its path. */
export type Read = (path: string, signal?: AbortSignal) => Promise<ArrayBuffer>;

/** Nothing is to be done. */
const FREE: Estimate = {
  points: 0,
  passes: 0,
  unit: "points",
  seconds: 0,
  memory_bytes: null,
  download_bytes: 0,
  download_files: 0,
  disk_free_bytes: null,
  missing: [],
};

const pathOf = (key: string): string => `results/${key}.srz`;

export class PackSource implements Source {
  private readonly keys: ReadonlyMap<string, string>;
  /** Files that were read, as they are stored, so that a pack that was looked through needs no network. */
  private readonly kept = new Map<string, Promise<ArrayBuffer>>();

  private constructor(
    readonly manifest: Manifest,
    private readonly read: Read,
  ) {
    this.keys = new Map(
      manifest.answers.map(({ request, key }) => [sameText(request, manifest.defaults), key]),
    );
  }

  /** Opens a pack, or says in words what is wrong with it. */
  static async open(read: Read): Promise<PackSource> {
    return new PackSource(manifestOf(jsonOf(await read("manifest.json"))), read);
  }

  async catalogue(): Promise<Catalogue> {
    return jsonOf(await this.stored("catalogue.json")) as unknown as Catalogue;
  }

  async model(name: string): Promise<ModelDocument> {
    const found = this.manifest.documents.get(name);
    if (!found) throw cannot(`This pack knows no model ${name}.`);
    return found as unknown as ModelDocument;
  }

  async offer(request: AnyRequest): Promise<Offer> {
    return { key: this.keyOf(request), there: true, estimate: FREE, parts: 0, ready: [] };
  }

  async ask(request: AnyRequest): Promise<Ticket> {
    return { key: this.keyOf(request), status: "done", estimate: FREE, problem: null };
  }

  async *events(): AsyncGenerator<never> {}

  async cancel(): Promise<void> {}

  async result(key: string): Promise<ArrayBuffer> {
    const said = this.manifest.results.get(key);
    if (!said) throw cannot("This pack does not hold that result.");
    const file = await unpacked(await this.stored(pathOf(key)), said, key.slice(0, 12));
    const named = decodeResult(file).metadata["key"];
    if (named !== key)
      throw new Error(`The result ${key.slice(0, 12)} of this pack answers another question.`);
    return file;
  }

  async file(): Promise<ArrayBuffer> {
    throw cannot("This kind of file is written by the program, and a pack holds results alone.");
  }

  async alive(): Promise<boolean> {
    return true;
  }

  /** Whether a request is answered. */
  holds(request: AnyRequest): boolean {
    return this.keys.has(this.textOf(request));
  }

  /** Fetches results beforehand, compressed as they are; told how many bytes of all are there. */
  async fetchAhead(keys: Iterable<string>, told: (bytes: number) => void): Promise<void> {
    let bytes = 0;
    for (const key of keys) {
      await this.stored(pathOf(key));
      bytes += this.manifest.results.get(key)?.stored ?? 0;
      told(bytes);
    }
  }

  private textOf(request: AnyRequest): string {
    return sameText(request as unknown as Json, this.manifest.defaults);
  }

  private keyOf(request: AnyRequest): string {
    const key = this.keys.get(this.textOf(request));
    if (key === undefined) throw cannot("A pack holds what was computed for its views, and this was not.");
    return key;
  }

  private stored(path: string): Promise<ArrayBuffer> {
    const known = this.kept.get(path);
    if (known) return known;
    const coming = this.read(path);
    this.kept.set(path, coming);
    coming.catch(() => this.kept.delete(path));
    return coming;
  }
}

/** What a pack cannot do, with the command that can. */
function cannot(detail: string): Refused {
  return new Refused({
    type: "about:blank",
    title: "Not in this pack",
    status: 0,
    detail,
    next: "Where the program is installed, run `stable-regions serve` and open this link there, from its # on.",
  });
}

function jsonOf(file: ArrayBuffer): Json {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file)) as Json;
  } catch {
    throw new Error("Its list of contents cannot be read: the pack is cut off or damaged.");
  }
}
