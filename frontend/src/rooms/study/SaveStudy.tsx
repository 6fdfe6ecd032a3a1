/** What can be taken away: the chart, the numbers, the request as Python or JSON. */
import { catalogue } from "../../api/catalogue";
import { source } from "../../api/source";
import type { AnyRequest } from "../../api/types";
import { download, pngOf } from "../../export/saving";
import { type SaveEntry, SaveList } from "../../kit/SaveList";
import { toClipboard } from "../../shell/CopyLink";
import { present, study } from "./asking";
import { meaningRequestOf, studyRequestOf } from "./study";

/** The request of the open section. */
function asked(): AnyRequest | null {
  const [now, all] = [study.peek(), catalogue.peek()];
  if (!now || !all) return null;
  return now.section === "meaning" ? meaningRequestOf(now, all) : studyRequestOf(now, all);
}

const name = (end: string): string => `${study.peek()?.section === "meaning" ? "meaning" : "study"}.${end}`;

/** The server's own file of the result. */
async function file(end: string): Promise<void> {
  const key = present.peek().offer.peek()?.key ?? "";
  const bytes = await (end === "safetensors" ? source.result(key) : source.file(key, end));
  download(new Blob([bytes]), name(end));
}

/** The chart as pixels, twice as fine as it is drawn. */
async function png(): Promise<void> {
  const key = present.peek().offer.peek()?.key ?? "";
  const text = new TextDecoder().decode(await source.file(key, "svg"));
  const [, , wide = 720, high = 360] = (/viewBox="([^"]+)"/.exec(text)?.[1] ?? "").split(" ").map(Number);
  const image = new Image(2 * wide, 2 * high);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text.replace("<svg ", `<svg width="${2 * wide}" height="${2 * high}" `))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * wide;
  canvas.height = 2 * high;
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  download(await pngOf(canvas), name("png"));
}

async function python(): Promise<void> {
  const { pythonOf } = await import("../../export/python");
  const request = asked();
  if (request) await toClipboard(pythonOf(request, location.origin));
}

async function json(): Promise<void> {
  download(new Blob([JSON.stringify(asked(), null, 1)], { type: "application/json" }), name("json"));
}

interface Entry extends SaveEntry {
  /** Whether the result must be there. */
  readonly finished: boolean;
}

const ENTRIES: readonly (Entry | null)[] = [
  { text: "SVG", note: "the chart, for documents", finished: true, run: () => file("svg") },
  { text: "PNG", note: "the chart, 2×", finished: true, run: png },
  null,
  { text: "CSV", note: "one row a cell", finished: true, run: () => file("csv") },
  { text: "NPZ", note: "NumPy", finished: true, run: () => file("npz") },
  { text: "safetensors", note: "the result file", finished: true, run: () => file("safetensors") },
  null,
  { text: "Copy as Python", note: "runs as pasted", finished: false, run: python },
  { text: "Request", note: "for stable-regions ask", finished: false, run: json },
];

export function SaveStudy() {
  const ready = present.value.own.value !== null;
  return <SaveList entries={ENTRIES.map((entry) => entry && { ...entry, off: entry.finished && !ready })} />;
}
