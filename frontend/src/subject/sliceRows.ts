/** Rows of the link's table for what is seen of regions: the turned plane, further prompts, the threshold. */
import type { Row } from "../shell/link";

const SEEDS = 2 ** 31;

/** `tilt=20,3`: degrees, and the seed of the direction; `tilt=0,0` shows the slider at rest. */
export const tiltRow: Row = {
  write: ({ tilt }) => (tilt ? `${Number(tilt.degrees.toPrecision(6))},${tilt.seed}` : null),
  read: (text, draft) => {
    const found = /^(\d+(?:\.\d+)?),(\d+)$/.exec(text);
    const [degrees, seed] = [Number(found?.[1]), Number(found?.[2])];
    if (!found || degrees > 90 || seed >= SEEDS) return "degrees from 0 to 90 and a seed, comma between";
    draft.tilt = { degrees, seed };
    return undefined;
  },
};

/** `p4` to `p7`: the prompts D to G, in their order; a gap between them closes. */
export function othersRow(n: number): Row {
  return {
    write: ({ others }) => others[n] ?? null,
    read: (text, draft) => {
      if (text === "" || text.length > 8192) return "a prompt of 1 to 8192 characters";
      if (draft.others.includes(text)) return "a prompt that is not there yet";
      draft.others = [...draft.others, text];
      return undefined;
    },
  };
}

/** `thr=0.05`: the largest step within a region, in the distance's own unit. */
export const thresholdRow: Row = {
  write: ({ threshold }) => (threshold === null ? null : String(Number(threshold.toPrecision(4)))),
  read: (text, draft) => {
    const threshold = Number(text);
    if (text.trim() === "" || !(threshold > 0 && threshold <= 1e6)) return "a number above 0";
    draft.threshold = threshold;
    return undefined;
  },
};
