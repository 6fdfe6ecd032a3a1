/** The diagram taken away: a picture, a table, a film of the glide. */

import type { AnyRequest } from "../../api/types";
import { download, downloadPng } from "../../export/saving";
import { link } from "../../shell/address";
import { toClipboard } from "../../shell/CopyLink";
import { rest } from "./glide";
import { layers } from "./layout";
import { diagramRequest, orbitRequest, there } from "./length/asking";
import { dynamics } from "./link";
import { drawPicture, still } from "./picture";
import type { Column } from "./work/messages";

function name(end: string): string {
  const { seed, context, from, to } = dynamics.peek();
  return `dynamics-seed${seed}-L${context}-beta${from}-${to}.${end}`;
}

/** The room as a picture; dropped on the page it restores the view. */
export async function png(): Promise<void> {
  const canvas = drawPicture({ width: 1280, height: 640, ratio: 2 });
  await downloadPng(canvas, { page: new URL(link()).hash }, name("png"));
}

const HEADER = "sweep,beta,regime,period,lambda1,lambda1_error,lambda2,lambda2_error,smallest,largest";

/** One row a value of β; smallest and largest are of the chosen feature's output overlap. */
export function rowsOf(
  columns: readonly Column[],
  sweep: string,
  feature: number,
  features: number,
): string[] {
  return columns.map((column) => {
    const values = column.output.filter((_, i) => i % features === feature - 1);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const exponents = [0, 1].flatMap((k) => [column.exponents[k] ?? "", column.errors[k] ?? ""]);
    return [sweep, column.beta, column.regime, column.period || "", ...exponents, low, high].join(",");
  });
}

export function csv(): void {
  const { feature, features, sweep } = dynamics.peek();
  const names = sweep === "both" ? ["up", "down"] : ["star"];
  const rows = layers.peek().flatMap((columns, i) => rowsOf(columns, names[i] ?? "", feature, features));
  download(new Blob([`${[HEADER, ...rows].join("\r\n")}\r\n`], { type: "text/csv" }), name("csv"));
}

const FRAMES = 72;

/** The hair-line gliding over the window once, as a GIF. */
export async function film(): Promise<void> {
  rest();
  const { gif } = await import("../../export/gif");
  const { from, to, beta } = dynamics.peek();
  const size = { width: 960, height: 480, ratio: 1 };
  const unmoved = still(size);
  const frames = [];
  try {
    for (let n = 0; n < FRAMES; n++) {
      dynamics.change({ beta: from + ((n + 0.5) / FRAMES) * (to - from) }, "drift");
      const canvas = drawPicture(size, unmoved);
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, size.width, size.height).data;
      if (pixels) frames.push({ pixels });
      await new Promise((resume) => setTimeout(resume, 0));
    }
  } finally {
    dynamics.change({ beta }, "drift");
  }
  const bytes = await gif(frames, { width: size.width, height: size.height, fps: 12 });
  download(new Blob([bytes], { type: "image/gif" }), name("gif"));
}

/** The diagram of the window as a request: short, as the page computes it. */
const diagram = (): AnyRequest => diagramRequest(10_000, 2000, 1025);

export async function python(request: AnyRequest = diagram()): Promise<void> {
  const { pythonOf } = await import("../../export/python");
  await toClipboard(pythonOf(request, window.location.origin));
}

export const orbitPython = (): Promise<void> => python(orbitRequest());

/** For `stable-regions ask`. */
export function request(): void {
  download(new Blob([JSON.stringify(diagram(), null, 1)], { type: "application/json" }), name("json"));
}

/** What the server computed at length, as NumPy arrays. */
export async function npz(): Promise<void> {
  const found = there.peek();
  if (!found) throw new Error("nothing was computed at length yet");
  const { npz: packed } = await import("../../export/npz");
  download(new Blob([packed(found.file)]), name("npz"));
}
