/** A worker: measures the values of its newest job, a few at a time, and lets a newer one interrupt. */

import { measure, star } from "../model/measure";
import { project, segments } from "../model/network";
import type { Column, Job, Reply } from "./messages";

/** Milliseconds between two replies. */
const PATIENCE = 40;

let newest: Job | undefined;

addEventListener("message", (event: MessageEvent<Job>) => {
  newest = event.data;
  void work(event.data);
});

async function work(job: Job): Promise<void> {
  const { seed, features, context, gamma, epsilon } = job.setting;
  const net = project(segments(seed, features, context));
  let start = star(net, gamma, epsilon);
  let columns: Column[] = [];
  let begun = performance.now();
  const reply = (done: boolean): void => {
    const steps = columns.length * (job.how.discard + job.how.steps);
    const message: Reply = { id: job.id, columns, done, steps };
    postMessage(message, { transfer: columns.map((column) => column.output.buffer) });
    columns = [];
  };
  for (const beta of job.betas) {
    const found = measure(net, { beta, gamma, epsilon }, start, job.how);
    columns.push({
      beta,
      regime: found.regime,
      period: found.period,
      exponents: found.mean,
      errors: found.error,
      output: found.output,
      position: (start.position + job.how.discard) % context,
      discard: job.how.discard,
    });
    if (job.chained) start = found.end;
    if (performance.now() - begun < PATIENCE) continue;
    reply(false);
    await new Promise((resume) => setTimeout(resume, 0));
    if (newest !== job) return;
    begun = performance.now();
  }
  reply(true);
}
