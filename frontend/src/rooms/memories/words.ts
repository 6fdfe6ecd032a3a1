/** What the room calls its rules and tasks, in a line each. */
import type { Harm } from "./link";
import type { Rule } from "./network/memory";

export const RULE_TEXT: Readonly<Record<Rule, { name: string; about: string; ours: boolean }>> = {
  paper: {
    name: "Paper",
    about:
      "The attention-weighted Hebb rule of D’Amico & Negri (2024): every digit slides into one grey blob",
    ours: false,
  },
  centred: {
    name: "Centred",
    about: "The same rule on tokens less their mean: the digit lasts for some steps, then fades",
    ours: true,
  },
  normalised: {
    name: "Normalised",
    about:
      "Hebb less anti-Hebb, the normaliser that the paper’s loss leaves out: few stored digits are fixed points",
    ours: true,
  },
};

export const HARM_TEXT: Readonly<Record<Harm, string>> = {
  mask: "30 % of patches masked",
  noise: "noise, variance 0.7",
  nothing: "nothing",
};

export const HARM_SAID: Readonly<Record<Harm, string>> = {
  mask: "with 30 % of its patches masked",
  noise: "under noise of variance 0.7",
  nothing: "left whole",
};
