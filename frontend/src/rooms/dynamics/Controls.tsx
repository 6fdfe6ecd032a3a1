/** What the room asks: which network, its parameters, and what of the orbits is drawn. */

import { Choice } from "../../kit/Choice";
import { closeMenus, Menu } from "../../kit/Menu";
import { css, DOWN, UP } from "./draw/ink";
import { rest } from "./glide";
import { CONTEXTS, dynamics, FEATURES, type Section, type Sweep } from "./link";
import { PRESETS, viewOf } from "./presets";

const SECTIONS: { value: Section; text: string }[] = [
  { value: "all", text: "all steps" },
  { value: "clock", text: "t mod L = 0" },
  { value: "slab", text: "|next m| ≤ 0.001" },
];
const SWEEPS: { value: Sweep; text: string }[] = [
  { value: "star", text: "each from β = 3" },
  { value: "both", text: "up and down" },
];

interface NumberProps {
  readonly label: string;
  readonly title: string;
  readonly value: number;
  readonly most: number;
  readonly whole?: boolean;
  readonly onPick: (value: number) => void;
}

function Figure({ label, title, value, most, whole, onPick }: NumberProps) {
  return (
    <label class="choice figure" title={title}>
      <span class="choice-label">{label}</span>
      <input
        type="number"
        min={0}
        max={most}
        step={whole ? 1 : "any"}
        value={value}
        onChange={(event) => {
          const wish = Number(event.currentTarget.value);
          const fits =
            event.currentTarget.value !== "" &&
            wish >= 0 &&
            wish <= most &&
            (!whole || Number.isInteger(wish));
          event.currentTarget.value = String(fits ? wish : value);
          if (fits) onPick(wish);
        }}
      />
    </label>
  );
}

/** In the bar: the network. */
export function NetworkQuestions() {
  const view = dynamics.value;
  return (
    <div class="questions" role="group" aria-label="Which network">
      <Figure
        label="Seed"
        title="The authors' weights by seed (n: next)"
        value={view.seed}
        most={4_294_967_295}
        whole
        onPick={(seed) => dynamics.change({ seed })}
      />
      <Choice
        label="Features M"
        value={view.features}
        options={FEATURES.map((value) => ({ value, text: String(value) }))}
        onPick={(features) =>
          dynamics.change({
            features,
            feature: Math.min(view.feature, features),
            across: Math.min(Math.max(view.across, Math.min(2, features)), features),
          })
        }
      />
      <Choice
        label="Context L"
        value={view.context}
        options={CONTEXTS.map((value) => ({ value, text: String(value) }))}
        onPick={(context) => dynamics.change({ context })}
      />
      <Figure
        label="γ"
        title="Inverse temperature of the attention"
        value={view.gamma}
        most={10_000}
        onPick={(gamma) => dynamics.change({ gamma })}
      />
      <Figure
        label="ε"
        title="Weight of the positions, from 0 to 1"
        value={view.epsilon}
        most={1}
        onPick={(epsilon) => dynamics.change({ epsilon })}
      />
    </div>
  );
}

/** Above the diagram: what is drawn. */
export function DrawnQuestions() {
  const view = dynamics.value;
  return (
    <div class="hall-tools">
      <Choice
        label="Feature"
        value={view.feature}
        options={Array.from({ length: view.features }, (_, i) => ({ value: i + 1, text: `m${i + 1}` }))}
        onPick={(feature) => dynamics.change({ feature })}
      />
      <Choice
        label="Steps"
        value={view.section}
        options={SECTIONS}
        title="All steps, a stroboscope on the positions' clock, or the paper's thin slab"
        onPick={(section) => dynamics.change({ section })}
      />
      <Choice
        label="Starts"
        value={view.sweep}
        options={SWEEPS}
        title="Where each value of β starts (u)"
        onPick={(sweep) => dynamics.change({ sweep })}
      />
      {view.sweep === "both" && (
        <span class="clock-legend">
          <span>
            <i style={{ background: css(UP) }} aria-hidden="true" />
            up
          </span>
          <span>
            <i style={{ background: css(DOWN) }} aria-hidden="true" />
            down
          </span>
        </span>
      )}
    </div>
  );
}

export function Presets() {
  return (
    <Menu label="Figures">
      {PRESETS.map((preset, n) =>
        preset === null ? (
          <hr key={n} />
        ) : (
          <button
            key={preset.text}
            type="button"
            class="menu-entry"
            onClick={() => {
              rest();
              dynamics.change(viewOf(preset));
              closeMenus();
            }}
          >
            {preset.text}
            <small>{preset.note}</small>
          </button>
        ),
      )}
    </Menu>
  );
}
