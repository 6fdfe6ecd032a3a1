/** The three prompts, each with its tokens, the place that is written at, and what the model says when left alone. */
import type { PromptInfo } from "../../field/slice";
import { Letter } from "../../kit/Letter";
import { lazily } from "../../kit/lazily";
import { Tops } from "../../kit/Tops";
import { PromptText } from "../../subject/prompts/PromptText";
import { card } from "../../subject/question";
import { change, view } from "../../subject/state";
import { shown } from "./state/shown";
import "../../subject/prompts/cards.css";

const OtherCards = lazily(() => import("./prompts/Cards"), true);

const KS = [0, 1, 2] as const;

export function Cards() {
  const { prompts, bos } = view.value;
  const answered = shown.value;
  const begins = bos ?? card.value?.prepend_bos ?? false;
  return (
    <section class="cards" aria-label="Prompts">
      {KS.map((k) => {
        const found = answered?.slice.prompts[k];
        const current = found && found.text === prompts[k] ? found : undefined;
        return (
          <article class="card" key={k} aria-label={`Prompt ${"ABC"[k]}`}>
            <div class="card-head">
              <Letter k={k} />
              <PromptText
                label={`Prompt ${"ABC"[k]}`}
                text={prompts[k]}
                onCommit={(text) => {
                  const next = prompts.map((old, i) => (i === k ? text : old));
                  change({ prompts: next as unknown as typeof prompts });
                }}
              />
            </div>
            {current ? (
              <>
                <Tokens info={current} k={k} begins={begins} />
                <Unknown words={current.unknown ?? []} />
                <Clean info={current} k={k} />
              </>
            ) : (
              <Waiting />
            )}
          </article>
        );
      })}
      <OtherCards />
    </section>
  );
}

/** A token as a chip: the space it begins with is a dot, so that it can be seen. */
function chip(token: string): string {
  const text = token.replace(/^ +/, (spaces) => "·".repeat(spaces.length));
  return text === "" ? "∅" : text.replace(/\n/g, "⏎").replace(/\t/g, "⇥");
}

function Tokens({ info, k, begins }: { info: PromptInfo; k: 0 | 1 | 2; begins: boolean }) {
  return (
    <ol class="tokens" aria-label="Tokens">
      {info.tokens.map((token, n) => {
        const written = n === info.position;
        const bos = begins && n === 0;
        const title = `token ${info.ids[n]}${bos ? ", beginning of sequence" : ""}${written ? ", written here" : ""}`;
        return (
          <li
            key={n}
            class={`token${bos ? " bos" : ""}${written ? ` written fill ${"ABC"[k]}` : ""}`}
            title={title}
          >
            {chip(token)}
            {written && <span class="unseen"> (written here)</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** What the model cannot read: it sees one and the same token for all such words. */
function Unknown({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null;
  const named = words.map((word) => `“${word}”`).join(", ");
  return (
    <p class="quiet" role="note">
      Not in this model's vocabulary: {named}. It reads the same unknown token for{" "}
      {words.length > 1 ? "each" : "it"}.
    </p>
  );
}

function Clean({ info, k }: { info: PromptInfo; k: 0 | 1 | 2 }) {
  return <Tops rows={info.top} k={k} label="Likeliest next tokens of the clean run" />;
}

function Waiting() {
  return (
    <div class="waiting" aria-hidden="true">
      <span style={{ width: "72%" }} />
      <span style={{ width: "88%" }} />
      <span style={{ width: "54%" }} />
    </div>
  );
}
