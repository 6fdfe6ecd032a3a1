/** The sheet taken away: a picture with its heads and its recipe, the numbers, the request as a program. */
import type { Json } from "../../api/decode";
import { plateInk } from "../../export/plate";
import { download, downloadPng } from "../../export/saving";
import { regionsOf } from "../../field/regionMap";
import { link } from "../../shell/address";
import { toClipboard } from "../../shell/CopyLink";
import { guarded } from "../../shell/guarded";
import { look } from "../../shell/look";
import { theme } from "../../shell/theme";
import { distanceText } from "../../subject/distances";
import { card } from "../../subject/question";
import { view } from "../../subject/state";
import { momentHead, momentText } from "../../subject/time/moments";
import { drawCell } from "./CellView";
import { layers, request, revisions, rows, shownCells } from "./cells";
import { csvOf, describe, type Line } from "./describe";
import type { Heat } from "./link";
import { sheetView } from "./link";
import { drawSheet, type SheetParts } from "./picture";

function name(end: string): string {
  const { model, distance } = view.peek();
  return `${model.replaceAll("/", "_")}-sheet-${distance}.${end}`;
}

/** What the numbers in the cells are. */
const HEAT: Readonly<Record<Heat, string>> = {
  none: "",
  sharpness: "in each cell the sharpness from A to B",
  regions: "in each cell the number of regions",
};

function recipe(): Json {
  return {
    ...(JSON.parse(JSON.stringify(request.peek())) as Record<string, Json>),
    page: new URL(link()).hash,
  };
}

/** The sheet as a picture; dropped on the page it restores its view. */
export function png(): Promise<void> {
  return guarded(async () => {
    const { model, distance, prompts } = view.peek();
    const { heat } = sheetView.peek();
    const parts: SheetParts = {
      title: [model, distanceText(distance), ...(HEAT[heat] ? [HEAT[heat]] : [])].join(" · "),
      prompts,
      words: describe(rows.peek()),
      columns: revisions.peek().map((revision) => momentHead(card.peek(), revision)),
      rows: [...layers.peek()].reverse().map(String),
      draw: (context, row, column, side) => {
        const layer = [...layers.peek()].reverse()[row];
        const cell = shownCells
          .peek()
          .find((one) => one.layer === layer && one.revision === revisions.peek()[column]);
        if (cell?.slice) drawCell(context, cell.slice, side);
        return Boolean(cell?.slice);
      },
      ink: plateInk(),
      palette: look.peek().palette,
    };
    const canvas = drawSheet(parts, theme.peek() === "projector" ? 1.2 : 1);
    await downloadPng(canvas, recipe(), name("png"));
  });
}

/** The numbers, a line a cell that is there. */
export function csv(): Promise<void> {
  return guarded(async () => {
    const known = new Map(card.peek()?.revisions.map((row) => [row.revision, row]));
    const lines = shownCells.peek().flatMap(({ layer, revision, slice }): Line[] =>
      slice
        ? [
            {
              layer,
              revision,
              moment: momentText(card.peek(), revision),
              step: known.get(revision)?.step ?? null,
              tokens: known.get(revision)?.tokens ?? null,
              sharpness: slice.sharpness,
              width: slice.width,
              regions: regionsOf(slice),
              side: slice.nx,
              key: slice.key,
            },
          ]
        : [],
    );
    download(new Blob([csvOf(lines)], { type: "text/csv" }), name("csv"));
  });
}

/** The sheet's request as a program. */
export function python(): Promise<void> {
  return guarded(async () => {
    const { pythonOf } = await import("../../export/python");
    const asked = request.peek();
    if (asked) await toClipboard(pythonOf(asked, location.origin));
  });
}
