/** The workers of the room: one job at a time, spread over all of them, the newest one winning. */

import type { Length } from "../model/measure";
import type { Column, Job, Reply, Setting } from "./messages";

const MOST = 4;
const workers: Worker[] = [];
let asked = 0;

/** Workers this page uses: one for each core, up to four. */
export const size = (): number => Math.max(1, Math.min(MOST, navigator.hardwareConcurrency || 1));

function worker(number: number): Worker {
  workers[number] ??= new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return workers[number];
}

export interface Told {
  /** Columns as they come, the steps that they took, and the list that they are of. */
  readonly columns: (columns: readonly Column[], steps: number, list: Float64Array) => void;
  readonly done: () => void;
}

/** Lists of values, each measured in its own order by one worker; what was running is given up. */
export function run(
  setting: Setting,
  lists: readonly Float64Array[],
  chained: boolean,
  how: Length,
  told: Told,
): void {
  const id = ++asked;
  const busy = lists.filter((betas) => betas.length > 0);
  let left = busy.length;
  if (left === 0) told.done();
  for (const [number, betas] of busy.entries()) {
    const job: Job = { id, setting, betas, chained, how };
    const one = worker(number);
    one.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.id !== asked) return;
      told.columns(data.columns, data.steps, betas);
      if (data.done && --left === 0) told.done();
    };
    one.postMessage(job);
  }
}

/** Values dealt out in turn, so that every worker goes from coarse to fine. */
export function dealt(betas: readonly number[]): Float64Array[] {
  const count = size();
  return Array.from({ length: count }, (_, n) => Float64Array.from(betas.filter((_, i) => i % count === n)));
}

/** Ends the workers; the next run starts new ones. */
export function stop(): void {
  asked++;
  for (const one of workers.splice(0)) one.terminate();
}
