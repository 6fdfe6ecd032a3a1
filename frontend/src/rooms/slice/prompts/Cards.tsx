/** Under the three cards: further prompts, D to G, that are dropped on the picture where they lie. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { figure } from "../../../field/gradient";
import { shown } from "../../../field/names";
import { agrees, OTHER_LETTERS, type Other } from "../../../field/others";
import { Icon } from "../../../kit/icons";
import { PromptText } from "../../../subject/prompts/PromptText";
import { addOther, looked, projected, removeOther, replaceOther } from "../state/others";
import { MOST_OTHERS, sliceView } from "../state/view";
import "./others.css";

export default function OtherCards() {
  const { others } = sliceView.value;
  const answer = projected.answer.value;
  const problem = projected.problem.value;
  const typing = useSignal(false);
  return (
    <>
      {others.map((text, n) => {
        const letter = OTHER_LETTERS[n] ?? "";
        const found = answer?.value[n];
        const current = found?.text === text && !answer?.stale ? found : undefined;
        return (
          <article
            key={letter}
            class={`other-card${looked.value === n ? " looked" : ""}`}
            aria-label={`Prompt ${letter}`}
            onPointerEnter={() => {
              looked.value = n;
            }}
            onPointerLeave={() => {
              looked.value = null;
            }}
          >
            <div class="card-head">
              <span class="other-letter">{letter}</span>
              <PromptText label={`Prompt ${letter}`} text={text} onCommit={(next) => replaceOther(n, next)} />
              <button
                type="button"
                class="icon bare tight"
                aria-label={`Take prompt ${letter} off the picture`}
                onClick={() => removeOther(n)}
              >
                <Icon name="close" />
              </button>
            </div>
            <p class="other-note">{current ? note(current) : problem ? "" : "on its way …"}</p>
          </article>
        );
      })}
      {problem && (
        <p class="other-note" role="alert">
          <span class="bad">{problem.title}:</span> {problem.detail} {problem.next}
        </p>
      )}
      {typing.value && (
        <Fresh
          onDone={(text) => {
            typing.value = false;
            addOther(text);
          }}
        />
      )}
      {!typing.value && others.length < MOST_OTHERS && (
        <button
          type="button"
          class="add-prompt"
          title="Drop another prompt on the picture: where it lies, and whether the map says what it says"
          onClick={() => {
            typing.value = true;
          }}
        >
          + prompt
        </button>
      )}
    </>
  );
}

/** What it says by itself, whether the map agrees, and how far off the plane it stands. */
function note(other: Other): string {
  const own = shown(other.own[0]?.token ?? "");
  const map = agrees(other) ? "so does the map" : `the map says ${shown(other.map)}`;
  return `says ${own}, ${map} · off the plane by ${figure(other.radius)} of A–B`;
}

/** An empty line to type into; Enter or leaving it keeps the prompt, Escape or nothing forgets it. */
function Fresh({ onDone }: { onDone: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <input
      ref={field}
      class="fresh-prompt"
      aria-label="Another prompt"
      placeholder="Another prompt …"
      maxLength={8192}
      spellcheck={false}
      autocomplete="off"
      onBlur={(event) => onDone(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") {
          event.currentTarget.value = "";
          event.currentTarget.blur();
        }
        event.stopPropagation();
      }}
    />
  );
}
