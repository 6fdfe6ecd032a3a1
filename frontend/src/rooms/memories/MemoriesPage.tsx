/** The memories room: a digit is stored, harmed and iterated; three rules side by side, and where iteration leads. */
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Choice } from "../../kit/Choice";
import { Icon } from "../../kit/icons";
import { CopyLink } from "../../shell/CopyLink";
import { Everywhere, Frame } from "../../shell/Frame";
import type { KeyRow } from "../../shell/keys";
import { Notices } from "../../shell/Notices";
import { BasinMap } from "./BasinMap";
import { Digit } from "./Digit";
import { Likeness } from "./Likeness";
import { COUNTS, HARMS, memoriesView, RULE_NAMES } from "./link";
import { Pad } from "./Pad";
import { join, LAST, names, next, original, playing, RATE, restart, step, t, tick } from "./show";
import { digits, fetchDigits, held, leave, lost, mapChosen, storeAll } from "./storing";
import { HARM_SAID, HARM_TEXT, RULE_TEXT } from "./words";
import "../../shell/hall.css";
import "./memories.css";
import "./basin.css";

export const keys: readonly KeyRow[] = [
  {
    keys: [" ", "p"],
    shown: "Space",
    text: "Iterate or pause",
    run: () => (playing.value = !playing.peek()),
  },
  { keys: ["."], shown: ".", text: "One step", run: stepOnce },
  { keys: ["0"], shown: "0", text: "Begin again", run: restart },
  { keys: ["ArrowRight"], shown: "→", text: "Next stored digit", run: () => next(1) },
  { keys: ["ArrowLeft"], shown: "←", text: "Previous stored digit", run: () => next(-1) },
  ...RULE_NAMES.map((rule, n) => ({
    keys: [String(n + 1)],
    shown: String(n + 1),
    text: `${RULE_TEXT[rule].name} rule`,
    run: () => memoriesView.change({ rule }),
  })),
];

export default function MemoriesPage() {
  useEffect(begun, []);
  const { stored, harm, rule, digit } = memoriesView.value;
  if (lost.value !== null) return <Lost />;
  return (
    <div class="hall memories-room" data-ready={held.value.get(rule)?.memory ? "yes" : "no"}>
      <Frame>
        <div class="questions" role="group" aria-label="What is stored, and what is done to it">
          <Choice
            label="Rule"
            value={rule}
            options={RULE_NAMES.map((value) => ({ value, text: RULE_TEXT[value].name }))}
            onPick={(picked) => memoriesView.change({ rule: picked })}
          />
          <Choice
            label="Stored digits"
            value={stored}
            options={counts(stored).map((value) => ({ value, text: value.toLocaleString("en-US") }))}
            onPick={(picked) => memoriesView.change({ stored: picked, digit: 0 })}
          />
          <Choice
            label="Harm"
            value={harm}
            options={HARMS.map((value) => ({ value, text: HARM_TEXT[value] }))}
            onPick={(picked) => memoriesView.change({ harm: picked })}
          />
        </div>
        <div class="bar-actions">
          <CopyLink />
          <Everywhere />
        </div>
      </Frame>
      <main class="memories-main">
        <section class="memories-show" aria-label="A digit, iterated">
          <header class="memories-head">
            {original.value && (
              <Digit
                side={44}
                image={original.value}
                label={`the original, a ${names.value[digit % stored]}`}
              />
            )}
            <div>
              <h2>Does it come home?</h2>
              <p class="quiet">
                A stored {names.value[digit % stored] ?? "digit"} {HARM_SAID[harm]}, iterated by bare
                self-attention under three rules. Draw on it; Shift rubs out.
              </p>
            </div>
            <Player />
          </header>
          <div class="pads">
            {RULE_NAMES.map((one) => (
              <Pad key={one} rule={one} />
            ))}
          </div>
          <p class="pads-about">{RULE_TEXT[rule].about}.</p>
          <Likeness />
        </section>
        <BasinMap />
        <div class="trouble">
          <Notices />
        </div>
      </main>
    </div>
  );
}

function Player() {
  return (
    <div class="player">
      <button
        type="button"
        class="icon"
        aria-label={playing.value ? "Pause" : "Iterate"}
        title="Space"
        onClick={() => (playing.value = !playing.value)}
      >
        <Icon name={playing.value ? "pause" : "play"} />
      </button>
      <button type="button" class="icon" aria-label="One step" title="One step (.)" onClick={stepOnce}>
        <Icon name="forth" />
      </button>
      <button type="button" class="icon" aria-label="Begin again" title="Begin again (0)" onClick={restart}>
        <Icon name="loop" />
      </button>
      <output aria-label="Iterations">
        t = {t.value}
        <small> / {LAST}</small>
      </output>
    </div>
  );
}

function stepOnce(): void {
  playing.value = false;
  step();
}

/** What the room does while it is open. */
function begun(): () => void {
  playing.value = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  void fetchDigits();
  const ends = [
    effect(() => {
      if (!digits.value) return;
      const { stored, seed } = memoriesView.value;
      void [stored, seed];
      storeAll();
    }),
    effect(() => {
      const { stored, seed, digit, harm } = memoriesView.value;
      void [stored, seed, digit, harm];
      if (digits.value) restart();
    }),
    effect(() => {
      void memoriesView.value.rule;
      mapChosen();
    }),
    effect(() => {
      void held.value;
      join();
    }),
  ];
  const clock = setInterval(tick, 1000 / RATE);
  return () => {
    clearInterval(clock);
    for (const end of ends) end();
    leave();
  };
}

/** The counts that are offered, and the one that a link may have brought. */
function counts(stored: number): readonly number[] {
  const offered: readonly number[] = COUNTS;
  return offered.includes(stored) ? offered : [...offered, stored].sort((one, other) => one - other);
}

function Lost() {
  return (
    <main class="opening">
      <p role="alert">The digits could not be fetched: {lost.value}.</p>
      <button type="button" onClick={() => void fetchDigits()}>
        Try again
      </button>
    </main>
  );
}
