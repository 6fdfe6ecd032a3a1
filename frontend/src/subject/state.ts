/** The subject's state: its rows in the link, which the rooms about language models share. */
import { catalogue } from "../api/catalogue";
import type { Catalogue, Contexts, Distance, Dtype, Resolution } from "../api/types";
import { NORMALISATIONS } from "../field/colour";
import { type Row as RowOf, rowsOf } from "../shell/row";
import { State } from "../shell/state";
import { cardOf, DRAWN, firstView, type View } from "./view";

type Row = RowOf<View>;

const { choice, flag } = rowsOf<View>();

const cardNamed = (name: string) =>
  catalogue.peek() ? cardOf(catalogue.peek() as Catalogue, name) : undefined;

/** All digits of both: a deep zoom lives in the last ones. */
export const pair = ([x, y]: readonly [number, number]): string => `${x},${y}`;

export function numbers(text: string, count: number): number[] | null {
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

const SEEDS = 2 ** 31;

/** `tilt=20,3`: degrees, and the seed of the direction; `tilt=0,0` shows the slider at rest. */
export const tiltRow: Row = {
  write: ({ tilt }) => (tilt ? `${Number(tilt.degrees.toPrecision(6))},${tilt.seed}` : null),
  read: (text, draft) => {
    const found = /^(\d+(?:\.\d+)?),(\d+)$/.exec(text);
    const [degrees, seed] = [Number(found?.[1]), Number(found?.[2])];
    if (!found || degrees > 90 || seed >= SEEDS) return "degrees from 0 to 90 and a seed, comma between";
    draft.tilt = { degrees, seed };
    return undefined;
  },
};

/** The rows; the parts of a compared field are read by the row of their name. */
export const viewRows = {
  model: {
    write: (view) => view.model || null,
    read: (text, draft) => {
      if (!/^[A-Za-z0-9][A-Za-z0-9._\-/+]*$/.test(text)) return "a model's name";
      draft.model = text;
      const card = cardNamed(text);
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
    write: (view) => (view.model ? view.revision : null),
    read: (text, draft) => {
      const card = cardNamed(draft.model);
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
    write: (view) => (view.model ? String(view.layer) : null),
    read: (text, draft) => {
      const most = (cardNamed(draft.model)?.layers ?? 1001) - 1;
      const layer = Number(text);
      if (!/^\d+$/.test(text) || layer > most) return `a whole number from 0 to ${most}`;
      draft.layer = layer;
      return undefined;
    },
  },
  dtype: choice("dtype", ["float32", "bfloat16", "float64"] satisfies Dtype[]),
  d: choice("distance", ["l2", "hellinger", "tv", "js", "cosine"] satisfies Distance[]),
  ctx: choice("contexts", ["own", "first"] satisfies Contexts[]),
  n: choice("resolution", [9, 17, 33, 65, 129, 257, 513] satisfies Resolution[]),
  exact: flag("exact"),
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
  norm: choice("normalisation", NORMALISATIONS, DRAWN.normalisation),
  scale: flag("trueScale", DRAWN.trueScale),
  lines: flag("contours", DRAWN.contours),
  names: flag("names", DRAWN.names),
  pin: {
    drawn: true,
    write: (view) => (view.pin ? pair(view.pin) : null),
    read: (text, draft) => {
      const found = numbers(text, 2);
      if (!found) return "two numbers from −100 to 100: α, β";
      draft.pin = found as [number, number];
      return undefined;
    },
  },
} satisfies Readonly<Record<string, Row>>;

/** The plane that is looked at. */
export const view = new State<View>({
  rows: viewRows,
  first: () => firstView(catalogue.peek()),
  prepare: (params, draft) => {
    const named = params.get("model");
    if (named !== null && named !== draft.model && !params.has("layer"))
      draft.layer = cardNamed(named)?.write_layer ?? 0;
  },
});

export const { change } = view;

/** Turning the plane about AB: shows or puts away the slider; away, the plane goes through C again. */
export function toggleTilt(): void {
  change({ tilt: view.peek().tilt ? null : { degrees: 0, seed: 0 } });
}
