/** Downloads and copies. All of it is made in the page from what is already there; encoders are loaded when needed. */
import { source } from "../../api/source";
import { downloadPng, download as hand } from "../../export/saving";
import { type DrawOptions, drawField, picture } from "../../field/draw";
import type { Slice } from "../../field/slice";
import { whole } from "../../kit/numbers";
import { link } from "../../shell/address";
import { toClipboard } from "../../shell/CopyLink";
import { guarded, saveProgress } from "../../shell/guarded";
import { theme } from "../../shell/theme";
import { distanceText } from "../../subject/distances";
import { frameNames } from "../../subject/question";
import { view } from "../../subject/state";
import { steps } from "../../subject/time/steps";
import { sliceRequestOf } from "../../subject/view";
import { frames } from "./state/frames";
import { layer } from "./state/overlay";
import { fps } from "./state/play";
import { colour, shown } from "./state/shown";

const SIDE = 512;

function drawing(): DrawOptions {
  const { window, trueScale, contours, names } = view.peek();
  const size = { width: SIDE, height: SIDE };
  return {
    colour: colour.peek(),
    size,
    view: window,
    trueScale,
    borders: contours,
    names,
    theme: theme.peek(),
  };
}

function name(end: string): string {
  const { model, revision, layer, distance } = view.peek();
  return `${model.replaceAll("/", "_")}-${revision}-layer${layer}-${distance}.${end}`;
}

function download(content: Blob, end: string): void {
  hand(content, name(end));
}

function present(): Slice {
  const now = shown.peek();
  if (!now) throw new Error("there is no picture yet.");
  return now.slice;
}

/** The figure; dropped on the page it restores its view. */
export function png(ratio: number): Promise<void> {
  return guarded(async () => {
    const slice = present();
    const drawn = picture(slice, { ...drawing(), over: layer.peek() }, ratio);
    await downloadPng(drawn, { ...slice.recipe, page: new URL(link()).hash }, name("png"));
  });
}

/** Training as a GIF, one frame a checkpoint, the step burnt in. */
export function gif(): Promise<void> {
  return guarded(async () => {
    const [{ gif: encode }, { captionHeight, drawCaption }] = await Promise.all([
      import("../../export/gif"),
      import("../../export/caption"),
    ]);
    const { model, layer, distance } = view.peek();
    const height = SIDE + captionHeight(SIDE);
    const canvas = document.createElement("canvas");
    canvas.width = SIDE;
    canvas.height = height;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("the browser gave no canvas.");
    const pictures: { pixels: Uint8ClampedArray }[] = [];
    frameNames.peek().forEach((revision, i) => {
      const slice = frames.peek().get(revision)?.slice;
      if (!slice) return;
      drawField(context, slice, drawing());
      const step =
        steps.peek().unit === "training steps" ? `step ${whole(steps.peek().values[i] ?? 0)}` : revision;
      drawCaption(
        context,
        { title: step, note: `${model} · after block ${layer} · ${distanceText(distance)}` },
        SIDE,
        SIDE,
      );
      pictures.push({ pixels: context.getImageData(0, 0, SIDE, height).data });
    });
    const bytes = await encode(pictures, {
      width: SIDE,
      height,
      fps: fps.peek(),
      progress: (done) => {
        saveProgress.value = `${done} / ${pictures.length}`;
      },
    });
    download(new Blob([bytes], { type: "image/gif" }), "gif");
  });
}

export function safetensors(): Promise<void> {
  return guarded(async () => {
    const bytes = await source.result(present().key);
    download(new Blob([bytes], { type: "application/octet-stream" }), "safetensors");
  });
}

export function npz(): Promise<void> {
  return guarded(async () => {
    const file = frames.peek().get(view.peek().revision)?.file;
    if (!file) throw new Error("this checkpoint is not there yet.");
    const { npz: encode } = await import("../../export/npz");
    download(new Blob([encode(file)], { type: "application/zip" }), "npz");
  });
}

export function csv(): Promise<void> {
  return guarded(async () => {
    const { csv: encode } = await import("../../export/csv");
    download(new Blob([encode(present())], { type: "text/csv" }), "csv");
  });
}

/** The slice on screen as a program. */
export function python(): Promise<void> {
  return guarded(async () => {
    const { pythonOf } = await import("../../export/python");
    const slice = sliceRequestOf(view.peek());
    await toClipboard(pythonOf(slice, location.origin));
  });
}
