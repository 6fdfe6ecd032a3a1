/** The fields taken away: one picture of them all with its recipe, and their requests as a program. */
import { catalogue } from "../../api/catalogue";
import type { Json } from "../../api/decode";
import { plateInk } from "../../export/plate";
import { downloadPng } from "../../export/saving";
import { picture } from "../../field/draw";
import { blank, contextOf } from "../../field/pixels";
import type { Slice } from "../../field/slice";
import { aspect, type Frame, frame, span } from "../../field/view";
import { coordinate } from "../../kit/numbers";
import { hashTo } from "../../shell/address";
import { toClipboard } from "../../shell/CopyLink";
import { guarded } from "../../shell/guarded";
import { look } from "../../shell/look";
import { theme } from "../../shell/theme";
import { view } from "../../subject/state";
import { drawMap, inWords } from "./DifferenceTile";
import { asked, colourOf, compared, fields, map, variations } from "./fields";
import { compareView } from "./link";
import { drawFields, RATIO, SIDE, type Tile } from "./picture";
import { readingText } from "./Reading";
import { differing } from "./variation";
import { facetText, fieldTitle } from "./words";

const SIZE = { width: SIDE, height: SIDE };

/** All fields as a picture; dropped on the page it restores its view. */
export function png(): Promise<void> {
  return guarded(async () => {
    const { model, distance, prompts } = view.peek();
    const { palette } = look.peek();
    const difference = differenceTile();
    const canvas = drawFields(
      {
        title: title(),
        prompts,
        palette,
        ink: plateInk(),
        tiles: difference ? [...fieldTiles(), difference] : fieldTiles(),
      },
      theme.peek() === "projector" ? 1.2 : 1,
    );
    await downloadPng(canvas, recipe(), `${model.replaceAll("/", "_")}-compare-${distance}.png`);
  });
}

/** The fields' requests as a program. */
export function python(): Promise<void> {
  return guarded(async () => {
    const { pythonOfAll } = await import("../../export/python");
    const [first, ...more] = fields.peek().map(({ request }) => request);
    if (first) await toClipboard(pythonOfAll([first, ...more], location.origin));
  });
}

/** What the fields ask, and the view with them written out, whatever the room will open with one day. */
function recipe(): Json {
  return {
    fields: fields.peek().map(({ request }) => JSON.parse(JSON.stringify(request))),
    page: `#${hashTo("compare", compareView.with({ fields: variations.peek() }))}`,
  };
}

/** What all fields share, and the kept point. */
function title(): string {
  const all = fields.peek();
  const facets = differing(all.map((field) => field.view));
  const shared = (["model", "revision", "layer", "distance"] as const).filter(
    (facet) => !facets.includes(facet),
  );
  const { window } = view.peek();
  const mark = where();
  const own = all[0]?.view ?? view.peek();
  const texts = shared.map((facet) => facetText(own, facet, catalogue.peek()));
  const point = mark
    ? [`at α ${coordinate(mark.alpha, span(window.alpha))}, β ${coordinate(mark.beta, span(window.beta))}`]
    : [];
  return [...texts, ...point].join(" · ");
}

/** The kept point. */
function where(): { readonly alpha: number; readonly beta: number } | null {
  const { pin } = view.peek();
  return pin && { alpha: pin[0], beta: pin[1] };
}

function fieldTiles(): Tile[] {
  const { contours, names, trueScale, window } = view.peek();
  const all = fields.peek();
  const facets = differing(all.map((field) => field.view));
  const mark = where();
  return all.map((field, i) => {
    const slice = asked.peek()[i]?.slice ?? null;
    const look = { size: SIZE, view: window, trueScale, borders: contours, names, theme: theme.peek() };
    return {
      head: `${i + 1} · ${fieldTitle(field, facets, catalogue.peek())}`,
      caption: slice
        ? readingText(slice, mark)
        : (asked.peek()[i]?.question.problem.peek()?.title ?? "not there yet"),
      frame: frameOf(slice),
      mark,
      surface: slice && picture(slice, { ...look, colour: colourOf(slice) }, RATIO),
    };
  });
}

function differenceTile(): Tile | null {
  const [pair, found] = [compared.peek(), map.peek()];
  const slice = pair && asked.peek()[pair[0]]?.slice;
  if (!pair || !found || !slice) return null;
  const here = frameOf(slice);
  const surface = blank(RATIO * SIDE, RATIO * SIDE);
  const context = contextOf(surface);
  context.scale(RATIO, RATIO);
  drawMap(context, found, slice, here, SIDE);
  return {
    head: `Difference of ${pair[0] + 1} and ${pair[1] + 1}`,
    caption: inWords(found, pair),
    frame: here,
    mark: where(),
    surface,
    most: found.most,
  };
}

function frameOf(slice: Slice | null): Frame {
  const { window, trueScale } = view.peek();
  return frame(window, SIZE, trueScale && slice ? aspect(slice) : null);
}
