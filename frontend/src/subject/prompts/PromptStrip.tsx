/** The three prompts in one line, for the rooms in which the pictures need the space. */
import { Letter } from "../../kit/Letter";
import { change, view } from "../state";
import { PromptText } from "./PromptText";
import "./cards.css";
import "./strip.css";

export function PromptStrip() {
  const { prompts } = view.value;
  return (
    <section class="strip" aria-label="Prompts">
      {([0, 1, 2] as const).map((k) => (
        <div key={k} class="strip-prompt">
          <Letter k={k} />
          <PromptText
            label={`Prompt ${"ABC"[k]}`}
            text={prompts[k]}
            onCommit={(text) => {
              change({
                prompts: prompts.map((old, i) => (i === k ? text : old)) as unknown as typeof prompts,
              });
            }}
          />
        </div>
      ))}
    </section>
  );
}
