/** The room taken away: both pictures, the film of training, the histories as a table and as arrays, the request. */
import type { Json } from "../../api/decode";
import { captionHeight, drawCaption } from "../../export/caption";
import { number } from "../../export/csv";
import { plateInk, write } from "../../export/plate";
import { download, downloadPng } from "../../export/saving";
import { link } from "../../shell/address";
import { toClipboard } from "../../shell/CopyLink";
import {
  asked,
  atCheckpoint,
  checkpoints,
  fullLength,
  histories,
  place,
  process,
  shortLength,
  shown,
  simplexView,
  trainedModel,
} from "./asking";
import { drawBeliefs } from "./draw";
import { cloudOf, decoded, path, truth } from "./drawn";
import { decodedAt, type Frame, gapOf, placeText, r2Text } from "./frame";
import { historiesOf, wordOf } from "./histories";
import { moments } from "./moments";
import type { Cloud } from "./points";
import { frame as window } from "./window";

/** A side of each picture and the room above it, in CSS pixels. */
const SIDE = 480;
const HEAD = 34;

function name(end: string): string {
  const model = trainedModel.peek()?.name ?? process.peek()?.name ?? "process";
  const step = checkpoints.peek()[atCheckpoint.peek()]?.revision ?? "";
  const parts = ["beliefs", model, end === "gif" ? "" : step].filter(Boolean);
  return `${parts.join("-")}.${end}`;
}

interface Plate {
  readonly truth: Cloud | null;
  readonly decoded: Cloud | null;
  readonly path: readonly number[];
  readonly title: string;
  readonly note: string;
}

/** Both pictures beside each other, or the true beliefs alone, with a line below. */
function plate(of: Plate, ratio: number): HTMLCanvasElement {
  const panels = of.decoded ? [of.truth, of.decoded] : [of.truth];
  const width = SIDE * panels.length;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round((HEAD + SIDE + captionHeight(width)) * ratio);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const ink = plateInk();
  context.scale(ratio, ratio);
  context.fillStyle = ink.ground;
  context.fillRect(0, 0, width, canvas.height);
  for (const [n, cloud] of panels.entries()) {
    const panel = document.createElement("canvas");
    panel.width = Math.round(SIDE * ratio);
    panel.height = panel.width;
    const own = panel.getContext("2d") as CanvasRenderingContext2D;
    const image = own.createImageData(panel.width, panel.width);
    drawBeliefs(own, image, ratio, {
      cloud,
      view: simplexView.peek(),
      window: window.peek(),
      path: of.path,
    });
    context.drawImage(panel, n * SIDE, HEAD, SIDE, SIDE);
    const head = n ? "Where the network puts the same histories" : "What an optimal observer believes";
    write(context, head, n * SIDE + 12, HEAD / 2, { size: 14, colour: ink.ink, weight: 650 });
  }
  drawCaption(context, { title: of.title, note: of.note }, HEAD + SIDE, width);
  return canvas;
}

function wordsOf(frame: Frame, step: number | string): { title: string; note: string } {
  const r2 = r2Text(frame.r2[frame.places.indexOf(place.peek())] as number, 4);
  return {
    title: typeof step === "number" ? `step ${step.toLocaleString("en-US")}` : step,
    note: `${trainedModel.peek()?.name} · ${placeText(place.peek())} · R² ${r2}, ${gapOf(frame).toPrecision(3)} mnat above the bound`,
  };
}

/** What is on screen; dropped on the page it restores the view. */
export async function png(): Promise<void> {
  const [frame, row, now] = [shown.peek(), checkpoints.peek()[atCheckpoint.peek()], histories.peek()];
  const words =
    frame && row && trainedModel.peek()
      ? wordsOf(frame, row.step ?? row.revision)
      : {
          title: process.peek()?.name ?? "",
          note: `${now?.rows?.rows.toLocaleString("en-US") ?? 0} histories of up to ${fullLength.peek()} tokens`,
        };
  const canvas = plate(
    {
      truth: truth.peek(),
      decoded: trainedModel.peek() ? decoded.peek() : null,
      path: path.peek(),
      ...words,
    },
    2,
  );
  await downloadPng(canvas, { page: new URL(link()).hash, request: recipe() }, name("png"));
}

/** The film over all checkpoints that are there, at the place on screen. */
export async function gif(): Promise<void> {
  const { gif: encoded } = await import("../../export/gif");
  const of = process.peek();
  const rows = of && historiesOf(of, shortLength.peek()).rows;
  if (!rows) throw new Error("there are no frames yet");
  const left = cloudOf(rows, rows.belief);
  const frames = [];
  let size = { width: 1, height: 1 };
  for (const { step, frame } of moments.peek()) {
    const belief = decodedAt(frame, place.peek());
    if (!belief || frame.rows !== rows.rows) continue;
    const right = cloudOf(rows, belief);
    const canvas = plate({ truth: left, decoded: right, path: [], ...wordsOf(frame, step) }, 1);
    size = { width: canvas.width, height: canvas.height };
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, size.width, size.height).data;
    if (pixels) frames.push({ pixels });
    await new Promise((resume) => setTimeout(resume, 0));
  }
  const bytes = await encoded(frames, { ...size, fps: 3 });
  download(new Blob([bytes], { type: "image/gif" }), name("gif"));
}

/** One row a history: what it is, what is believed and read after it, and what comes next. */
export function csv(): void {
  const now = histories.peek();
  if (!now?.rows) throw new Error("these are more histories than the page enumerates");
  const { made, rows } = now;
  const frame = trainedModel.peek() ? shown.peek() : null;
  const read = frame && frame.rows === rows.rows ? decodedAt(frame, place.peek()) : undefined;
  const [states, tokens] = [made.states.length, made.tokens.length];
  const columns = [
    "word",
    "probability",
    ...made.states.map((state) => `belief_${state}`),
    ...(read ? made.states.map((state) => `read_${state}`) : []),
    ...made.tokens.map((token) => `next_${token}`),
    ...(read ? made.tokens.map((token) => `model_${token}`) : []),
  ];
  const lines = [columns.join(",")];
  for (let row = 0; row < rows.rows; row++) {
    const slice = (of: ArrayLike<number>, width: number, text: (value: number) => string): string[] =>
      Array.from({ length: width }, (_, n) => text(of[row * width + n] as number));
    lines.push(
      [
        wordOf(made, rows, row),
        String(rows.probability[row]),
        ...slice(rows.belief, states, String),
        ...(read ? slice(read, states, number) : []),
        ...slice(rows.next, tokens, String),
        ...(read && frame ? slice(frame.probabilities, tokens, number) : []),
      ].join(","),
    );
  }
  download(new Blob([`${lines.join("\n")}\n`], { type: "text/csv" }), name("csv"));
}

/** The result on screen as NumPy arrays. */
export async function npz(): Promise<void> {
  const { npz: packed } = await import("../../export/npz");
  const frame = shown.peek();
  if (!frame) throw new Error("nothing is read yet");
  download(new Blob([packed(frame.file)]), name("npz"));
}

/** The request of what is on screen. */
function recipe(): Record<string, Json> {
  return JSON.parse(JSON.stringify(asked())) as Record<string, Json>;
}

export async function python(): Promise<void> {
  const { pythonOf } = await import("../../export/python");
  const request = asked();
  if (request) await toClipboard(pythonOf(request, location.origin));
}

export function request(): void {
  download(new Blob([JSON.stringify(recipe(), null, 1)], { type: "application/json" }), name("json"));
}
