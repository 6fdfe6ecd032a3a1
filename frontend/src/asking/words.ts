/** One vocabulary of how a question stands. */
import type { Estimate } from "../api/types";
import { amount, bytes, duration, plural } from "../kit/numbers";
import type { Status } from "./status";
import type { Progress } from "./transfer";

const STAGES: Readonly<Record<string, string>> = {
  queue: "waiting its turn",
  download: "asking for files",
  load: "loading weights",
  clean: "clean runs",
  cut: "cutting the text",
  bank: "taking the mean of real activations",
  flips: "counting sign changes",
  compression: "holding components constant, one after another",
};

/** What is counted: how many are there, of how many, and their name. */
export interface Count {
  readonly there: number;
  readonly of: number;
  readonly noun: string;
}

/** "140 slices to compute: 457 k points at 12 checkpoints, about 30 s; 1.2 GB are downloaded first." */
export function priceText(cost: Estimate, count?: Count): string {
  const { points, unit, passes, seconds, download_bytes, missing } = cost;
  const what = count ? `${plural(count.of - count.there, count.noun)} to compute: ` : "";
  const where = passes > 0 ? ` at ${plural(passes, "checkpoint")}` : "";
  const time = seconds === null ? "; how long that takes is not known yet" : `, about ${duration(seconds)}`;
  const load = download_bytes ? `; ${bytes(download_bytes)} to download first` : "";
  const gaps = missing?.length ? `; ${plural(missing.length, "checkpoint")} cannot be had` : "";
  return `${what}${amount(points)} ${unit}${where}${time}${load}${gaps}`;
}

/** "3 of 16 checkpoints · 12 s left", "loading weights", "step8: file 1 of 2 · 3.1 MB of 9 MB". */
export function progressText(now: Progress | null, count?: Count): string {
  if (now?.coming) return downloadText(now);
  const stage = now ? (STAGES[now.stage] ?? now.stage) : "starting";
  const some = now !== null && now.total > 0;
  const points = some ? `${amount(now.done)} of ${amount(now.total)} ${now.unit}` : "";
  const far = count && count.of > 1 ? `${count.there} of ${plural(count.of, count.noun)}` : points;
  return [far, now?.stage === "points" && far ? "" : stage, left(now?.secondsLeft ?? null)]
    .filter((part) => part)
    .join(" · ");
}

const SHORT: Readonly<Record<Status, string>> = {
  empty: "",
  pricing: "asking …",
  waiting: "waiting its turn",
  priced: "needs a download",
  running: "computing",
  done: "",
  cancelled: "cancelled",
  refused: "not computed",
  offline: "no connection",
};

/** A word or two, where there is room for no more. */
export function shortText(status: Status, now: Progress | null): string {
  return status === "running" && now?.share ? `computing, ${Math.round(100 * now.share)} %` : SHORT[status];
}

function downloadText({ coming, done, total, stage }: Progress): string {
  if (!coming || total === 0) return STAGES[stage] ?? stage;
  const file = Math.min(coming.files, coming.whole + 1);
  const speed = coming.bytesPerSecond;
  const pace = speed ? [`${bytes(speed)}/s`, left((total - done) / speed)] : [];
  const far = `${coming.revision}: file ${file} of ${coming.files}`;
  return [far, `${bytes(done)} of ${bytes(total)}`, ...pace].filter((part) => part).join(" · ");
}

function left(seconds: number | null): string {
  return seconds !== null && seconds >= 0.5 ? `${duration(seconds)} left` : "";
}
