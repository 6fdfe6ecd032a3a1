/** Files that the page makes itself, handed to the visitor. */
import type { Json } from "../api/decode";

export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A canvas as a PNG file. */
export async function pngOf(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Blob> {
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type: "image/png" });
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be encoded."))),
      "image/png",
    ),
  );
}

/** Hands over a canvas as a PNG; dropped on the page, it gives its recipe back. */
export async function downloadPng(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  recipe: Json,
  name: string,
): Promise<void> {
  const { pngWithRecipe } = await import("./png");
  const bytes = new Uint8Array(await (await pngOf(canvas)).arrayBuffer());
  download(new Blob([pngWithRecipe(bytes, recipe)], { type: "image/png" }), name);
}
