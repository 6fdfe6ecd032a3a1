/** Views worth seeing, by the paper's figures and by what its rule gets wrong. */

import { type DynamicsView, FIRST } from "./link";

export interface Preset {
  readonly text: string;
  readonly note: string;
  readonly view: Partial<DynamicsView>;
}

const at = (beta: number, note: string): Preset => ({
  text: `Fig. 4 · β = ${beta}`,
  note,
  view: { from: 1.24, to: 1.41, beta },
});

export const PRESETS: readonly (Preset | null)[] = [
  { text: "Fig. 3a", note: "the whole diagram, β from 0 to 3", view: { from: 0, to: 3, beta: 1.4 } },
  {
    text: "Fig. 3b",
    note: "onset, quasi-periodic motion, chaos",
    view: { from: 1.24, to: 1.28, beta: 1.266 },
  },
  null,
  at(1.255, "quasi-periodic: a closed curve"),
  at(1.26405, "quasi-periodic"),
  at(1.266, "chaos that comes and goes"),
  at(1.27, "a cycle: 28 or 56 tokens, by the start"),
  at(1.28, "chaos"),
  at(1.4, "chaos"),
  {
    text: "Fig. 5",
    note: "trace, spectrum and autocorrelation",
    view: { from: 1.24, to: 1.28, beta: 1.255 },
  },
  null,
  {
    text: "A window of 32 tokens",
    note: "five positional bits",
    view: { context: 32, from: 1.25, to: 1.55, beta: 1.43 },
  },
  {
    text: "Hysteresis",
    note: "up and down sweeps part",
    view: { from: 1.264, to: 1.277, beta: 1.27, sweep: "both" },
  },
  {
    text: "Transient chaos",
    note: "six values that end as cycles",
    view: { from: 1.2738, to: 1.2739, beta: 1.27386 },
  },
];

/** A preset is the paper's network and look, but for what it says. */
export const viewOf = (preset: Preset): DynamicsView => ({ ...FIRST, ...preset.view });
