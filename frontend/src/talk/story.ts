/**
 * A story: an ordered list of links with titles and notes. As JSON it goes to `stable-regions pack` and comes back; in its
 * short form it stands in an address; a pack brings one. Whatever is read may come from anybody.
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { isObject, type Json } from "../api/decode";
import type { AnyRequest } from "../api/types";

export interface Scene {
  /** From its `#` on. */
  readonly link: string;
  readonly title: string;
  readonly notes: string;
  /** Shown from the first of its frames on, one a key. */
  readonly through: boolean;
  /** What it asks, as the page posted it. */
  readonly requests: readonly AnyRequest[];
}

export interface Story {
  readonly title: string;
  readonly views: readonly Scene[];
}

export const EMPTY: Story = { title: "", views: [] };

export const MOST_VIEWS = 200;
const LONGEST = { title: 200, link: 40_000, notes: 20_000 } as const;
/** Bytes of a short form that are unpacked. */
const LARGEST = 2 ** 20;

/** The story as a file. */
export function storyJson({ title, views }: Story): string {
  return JSON.stringify({ format: "stable-regions-story", version: 1, title, views }, null, 1);
}

/** The story of a file, or an error that says what is wrong with it. */
export function storyOf(text: string): Story {
  let found: Json;
  try {
    found = JSON.parse(text) as Json;
  } catch {
    throw new Error("This is no story: it is not JSON.");
  }
  if (!isObject(found) || found["format"] !== "stable-regions-story")
    throw new Error("This is no story: it does not say `stable-regions-story`.");
  if (found["version"] !== 1) throw new Error("This story is of another version; this page reads version 1.");
  const views = found["views"];
  if (!Array.isArray(views)) throw new Error("This story has no list of views.");
  if (views.length > MOST_VIEWS)
    throw new Error(`This story has ${views.length} views; ${MOST_VIEWS} are the most.`);
  return { title: text_(found["title"], "title"), views: views.map(sceneOf) };
}

/** A view as a story or a pack holds it. */
export function sceneOf(row: Json): Scene {
  if (!isObject(row)) throw new Error("A view of this story is no table.");
  const link = text_(row["link"], "link");
  if (!link.startsWith("#")) throw new Error("A view's link does not begin with #.");
  const requests = Array.isArray(row["requests"]) ? row["requests"] : [];
  return {
    link,
    title: text_(row["title"], "title"),
    notes: text_(row["notes"], "notes"),
    through: row["through"] === true,
    requests: requests.filter((one) => isObject(one)) as unknown as readonly AnyRequest[],
  };
}

function text_(value: Json | undefined, name: keyof typeof LONGEST): string {
  if (value === undefined) return "";
  if (typeof value !== "string") throw new Error(`A view's ${name} is no text.`);
  if (value.length > LONGEST[name])
    throw new Error(`A view's ${name} is longer than ${LONGEST[name]} letters.`);
  return value;
}

/** The short form: for an address. What the views ask is left out, since their links say it. */
export function packedStory({ title, views }: Story): string {
  const short = storyJson({ title, views: views.map((view) => ({ ...view, requests: [] })) });
  const bytes = deflateSync(strToU8(short), { level: 9 });
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The story of an address, or an error in words. */
export function unpackedStory(text: string): Story {
  let json: string;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) =>
      one.charCodeAt(0),
    );
    // A buffer of fixed size: what is larger is an error, and not memory.
    json = strFromU8(inflateSync(bytes, { out: new Uint8Array(LARGEST) }));
  } catch {
    throw new Error("The story in this address is cut off or too large.");
  }
  return storyOf(json.replaceAll("\0", ""));
}
