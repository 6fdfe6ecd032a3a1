/**
 * The link: a view as the hash of the address, `#v=1&model=…`, and back.
 *
 * One table does both directions. What is asked is always written out, so a link does not change its meaning when a
 * default does; what is only drawn is written when it differs from the plain look. A value that makes no sense is
 * reported in words and the rest of the link still holds.
 */
import type { Catalogue, Contexts, Distance, Dtype, Resolution } from "../api/types";
import { lineFrom, lineText, sameLine } from "../field/line";
import { OVERLAYS } from "../field/overlay";
import { sideRows } from "../rooms/compare/link";
import { studyRows } from "../rooms/study/link";
import { othersRow, thresholdRow, tiltRow } from "../subject/sliceRows";
import {
  AGREE,
  BESIDE,
  cardOf,
  DRAWN,
  ENLARGED,
  firstView,
  MLPS,
  MOST_OTHERS,
  ROOMS,
  type Theme,
  type View,
} from "../subject/view";

export const VERSION = "1";

export interface Read {
  readonly view: View;
  /** What could not be used of the link, in sentences. */
  readonly complaints: readonly string[];
}

export type Draft = { -readonly [K in keyof View]: View[K] };

export interface Row {
  write(view: View): string | null;
  /** Puts the value into the draft, or says what was expected. */
  read(text: string, draft: Draft, catalogue: Catalogue): string | undefined;
}

/** All digits of both: a deep zoom lives in the last ones. */
const pair = ([x, y]: readonly [number, number]): string => `${x},${y}`;

function numbers(text: string, count: number): number[] | null {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return parts.length === count && parts.every((x) => Number.isFinite(x) && Math.abs(x) <= 100)
    ? parts
    : null;
}

function prompt(k: 0 | 1 | 2): Row {
  return {
    write: (view) => view.prompts[k],
    read: (text, draft) => {
      if (text === "" || text.length > 8192) return "a prompt of 1 to 8192 characters";
      draft.prompts = draft.prompts.map((old, i) => (i === k ? text : old)) as unknown as View["prompts"];
      return undefined;
    },
  };
}

function choice<K extends keyof View>(field: K, values: readonly View[K][], always: boolean): Row {
  const plain = (DRAWN as Partial<View>)[field];
  return {
    write: (view) => (always || view[field] !== plain ? String(view[field]) : null),
    read: (text, draft) => {
      const found = values.find((value) => String(value) === text);
      if (found === undefined) return `one of ${values.join(", ")}`;
      draft[field] = found;
      return undefined;
    },
  };
}

type Flag = "exact" | "trueScale" | "contours" | "names" | "fade" | "allCurves" | "logits" | "forming";

function flag(field: Flag, always: boolean): Row {
  const plain = (DRAWN as Partial<View>)[field];
  return {
    write: (view) => (always || view[field] !== plain ? (view[field] ? "1" : "0") : null),
    read: (text, draft) => {
      if (text !== "0" && text !== "1") return "0 or 1";
      draft[field] = text === "1";
      return undefined;
    },
  };
}

const ROWS: Readonly<Record<string, Row>> = {
  model: {
    write: (view) => view.model,
    read: (text, draft, catalogue) => {
      if (!/^[A-Za-z0-9][A-Za-z0-9._\-/+]*$/.test(text)) return "a model's name";
      draft.model = text;
      const card = cardOf(catalogue, text);
      if (card) {
        draft.revisions = null;
        draft.revision = card.revisions.at(-1)?.revision ?? "main";
      }
      return undefined;
    },
  },
  revs: {
    write: (view) => view.revisions?.join(",") ?? null,
    read: (text, draft) => {
      const names = text.split(",").filter(Boolean);
      if (names.length === 0 || new Set(names).size !== names.length)
        return "different checkpoints, comma between";
      draft.revisions = names;
      return undefined;
    },
  },
  step: {
    write: (view) => view.revision,
    read: (text, draft, catalogue) => {
      const card = cardOf(catalogue, draft.model);
      const listed = card?.source === "hub" ? undefined : card?.revisions.map((row) => row.revision);
      const known = draft.revisions ?? listed;
      if (known && !known.includes(text)) return `one of ${known.join(", ")}`;
      draft.revision = text;
      return undefined;
    },
  },
  a: prompt(0),
  b: prompt(1),
  c: prompt(2),
  layer: {
    write: (view) => String(view.layer),
    read: (text, draft, catalogue) => {
      const most = (cardOf(catalogue, draft.model)?.layers ?? 1001) - 1;
      const layer = Number(text);
      if (!/^\d+$/.test(text) || layer > most) return `a whole number from 0 to ${most}`;
      draft.layer = layer;
      return undefined;
    },
  },
  dtype: choice("dtype", ["float32", "bfloat16", "float64"] satisfies Dtype[], true),
  d: choice("distance", ["l2", "hellinger", "tv", "js", "cosine"] satisfies Distance[], true),
  ctx: choice("contexts", ["own", "first"] satisfies Contexts[], true),
  n: choice("resolution", [9, 17, 33, 65, 129, 257, 513] satisfies Resolution[], true),
  exact: flag("exact", true),
  bos: {
    write: (view) => (view.bos === null ? null : view.bos ? "1" : "0"),
    read: (text, draft) => {
      if (text !== "0" && text !== "1") return "0 or 1";
      draft.bos = text === "1";
      return undefined;
    },
  },
  w: {
    write: (view) => `${pair(view.window.alpha)},${pair(view.window.beta)}`,
    read: (text, draft) => {
      const found = numbers(text, 4);
      if (!found) return "four numbers from −100 to 100: α from, α to, β from, β to";
      const [a0, a1, b0, b1] = found as [number, number, number, number];
      if (!(a0 < a1 && b0 < b1)) return "ranges whose low end is below their high end";
      draft.window = { alpha: [a0, a1], beta: [b0, b1] };
      return undefined;
    },
  },
  tilt: tiltRow,
  pal: choice("palette", ["paper", "safe", "a", "b", "c"], false),
  norm: choice("normalisation", ["frame", "sequence", "absolute", "contrast"], false),
  scale: flag("trueScale", false),
  lines: flag("contours", false),
  names: flag("names", false),
  fade: flag("fade", false),
  over: choice("overlay", OVERLAYS, false),
  mlps: choice("mlps", MLPS, false),
  pin: {
    write: (view) => (view.pin ? pair(view.pin) : null),
    read: (text, draft) => {
      const found = numbers(text, 2);
      if (!found) return "two numbers from −100 to 100: α, β";
      draft.pin = found as [number, number];
      return undefined;
    },
  },
  ...Object.fromEntries(Array.from({ length: MOST_OTHERS }, (_, n) => [`p${n + 4}`, othersRow(n)])),
  beside: choice("beside", BESIDE, false),
  agree: choice("agree", AGREE, false),
  thr: thresholdRow,
  form: flag("forming", false),
  line: {
    write: (view) => (sameLine(view.line, DRAWN.line) ? null : lineText(view.line)),
    read: (text, draft) => {
      const found = lineFrom(text);
      if (!found) return "two different ends, each A, B, C or a point α, β";
      draft.line = found;
      return undefined;
    },
  },
  all: flag("allCurves", false),
  large: choice("enlarged", ENLARGED, false),
  path: choice("path", ["straight", "arc"], false),
  logits: flag("logits", false),
  room: choice("room", ROOMS, false),
  theme: choice("theme", ["system", "light", "dark", "projector"] satisfies Theme[], false),
  ...sideRows((name) => ROWS[name]),
  ...studyRows,
};

/** Signs that need no escape in a hash, so that links can be read. */
const PLAIN = [",", "/", ":", ";"] as const;

/** The hash, without `#`. */
export function hashOf(view: View): string {
  const params = new URLSearchParams({ v: VERSION });
  for (const [name, row] of Object.entries(ROWS)) {
    const text = row.write(view);
    if (text !== null) params.set(name, text);
  }
  return PLAIN.reduce((text, sign) => text.replaceAll(encodeURIComponent(sign), sign), params.toString());
}

/** The view that a hash names, on top of the first view. */
export function viewOf(hash: string, catalogue: Catalogue): Read {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const draft: Draft = { ...firstView(catalogue) };
  const complaints: string[] = [];
  if (params.size === 0) return { view: draft, complaints };
  const version = params.get("v");
  if (version !== VERSION) {
    const found = version === null ? "no version" : `version ${version}`;
    complaints.push(
      `The link has ${found}; this page reads version ${VERSION}. It was read as far as it makes sense.`,
    );
  }
  const named = params.get("model");
  if (named !== null && named !== draft.model && !params.has("layer")) {
    draft.layer = cardOf(catalogue, named)?.write_layer ?? 0;
  }
  for (const [name, row] of Object.entries(ROWS)) {
    const text = params.get(name);
    if (text === null) continue;
    const expected = row.read(text, draft, catalogue);
    if (expected)
      complaints.push(`${name}=${text} in the link: expected ${expected}. ${instead(name, row, draft)}`);
  }
  for (const name of new Set(params.keys())) {
    if (name !== "v" && !(name in ROWS))
      complaints.push(`${name}=${params.get(name)} in the link means nothing here.`);
  }
  return { view: draft, complaints };
}

function instead(name: string, row: Row, draft: Draft): string {
  const kept = row.write(draft);
  return kept === null ? "It was left out." : `Shown instead: ${name}=${kept}.`;
}
