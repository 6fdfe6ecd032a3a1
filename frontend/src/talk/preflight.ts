/** Before the talk: what of each view is there, how large it is, and whether it needs a network. */
import { computed, signal } from "@preact/signals";
import { Refused } from "../api/client";
import { source } from "../api/source";
import type { AnyRequest } from "../api/types";
import { agree } from "../asking/consent";
import { follow } from "../asking/follow";
import { pack } from "../pack/opened";
import { story } from "./state";
import type { Scene } from "./story";

export interface Check {
  readonly complete: boolean;
  /** What it lacks, in words. */
  readonly lacks: readonly string[];
  /** Requests that are not answered yet. */
  readonly missing: readonly AnyRequest[];
}

export const checks = signal<ReadonlyMap<Scene, Check>>(new Map());
export const lookingThrough = signal(false);
/** What is being computed or fetched: how far, 0…1. */
export const shareDone = signal<number | null>(null);
/** Bytes of a pack that are in this page's memory. */
export const here = signal(0);

/** Bytes of the whole pack. */
export const packBytes = computed(() => {
  let bytes = 0;
  for (const { stored } of pack.value?.manifest.results.values() ?? []) bytes += stored;
  return bytes;
});

export const complete = computed(
  () => story.value.views.filter((view) => checks.value.get(view)?.complete).length,
);

/** Looks what is there; nothing is computed. */
export async function lookThrough(): Promise<void> {
  lookingThrough.value = true;
  const found = new Map<Scene, Check>();
  for (const view of story.peek().views) {
    found.set(view, await checkOf(view));
    checks.value = new Map(found);
  }
  lookingThrough.value = false;
}

async function checkOf(view: Scene): Promise<Check> {
  const packed = pack.peek()?.manifest.views.find((one) => one.link === view.link);
  if (pack.peek()) {
    const lacks = packed ? packed.gaps : ["It is not in this pack."];
    return { complete: lacks.length === 0, lacks, missing: [] };
  }
  const [lacks, missing]: [string[], AnyRequest[]] = [[], []];
  for (const request of view.requests) {
    try {
      const { there, estimate } = await source.offer(request);
      if (there) continue;
      missing.push(request);
      const seconds = estimate.seconds ? `, about ${Math.ceil(estimate.seconds)} s` : "";
      lacks.push(`${request.analysis} is not computed yet${seconds}`);
    } catch (error) {
      lacks.push(error instanceof Refused ? error.problem.detail : "The server does not answer.");
    }
  }
  return { complete: lacks.length === 0, lacks, missing };
}

/** Computes what is missing, one after another. A person asked for it. */
export async function computeMissing(signal_: AbortSignal): Promise<void> {
  const all = [...checks.peek().values()].flatMap(({ missing }) => missing);
  shareDone.value = 0;
  for (const [done, request] of all.entries()) {
    agree(request);
    await follow(request, signal_, {
      accepted: () => undefined,
      progress: (now) => {
        shareDone.value = (done + now.share) / all.length;
      },
      ready: () => undefined,
      skipped: () => undefined,
    }).catch(() => null);
    if (signal_.aborted) break;
  }
  shareDone.value = null;
  await lookThrough();
}

/** Takes all of a pack into this page's memory: from then on no network is needed. */
export async function fetchAll(): Promise<void> {
  const open = pack.peek();
  if (!open || here.peek() > 0) return;
  await open.fetchAhead(open.manifest.results.keys(), (bytes) => {
    here.value = bytes;
  });
}
