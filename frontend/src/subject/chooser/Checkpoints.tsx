/** One model: what it is, and which of its checkpoints become frames. */
import { useEffect, useRef, useState } from "preact/hooks";
import { problemOf } from "../../api/problem";
import type { Catalogue, ModelDocument, Problem } from "../../api/types";
import { ago, compact, whole } from "../../kit/numbers";
import { documents, learn } from "../known";
import { change, view } from "../state";
import { ByHand } from "./ByHand";
import { firstWay, opening, ordered, ways } from "./choose";
import { chooserOpen, chosenModel } from "./open";
import { Strip } from "./Strip";

export function Checkpoints({ name, all }: { name: string; all: Catalogue }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState(true);
  const back = useRef<HTMLButtonElement>(null);
  const found = documents.value.get(name);

  const ask = (refresh: boolean): void => {
    setAsking(true);
    setProblem(null);
    learn(name, refresh)
      .catch((error: unknown) => setProblem(problemOf(error)))
      .finally(() => setAsking(false));
  };
  useEffect(() => {
    // After the dialog has opened: it puts the focus on its first button.
    queueMicrotask(() => back.current?.focus());
    ask(false);
  }, []);

  return (
    <div class="checkpoints">
      <div class="checkpoints-head">
        <button ref={back} type="button" onClick={() => (chosenModel.value = null)}>
          All models
        </button>
        {found && (
          <Listed found={found} asking={asking} offline={all.hub.offline} onRefresh={() => ask(true)} />
        )}
      </div>
      {problem && (
        <section class="checkpoints-problem" role="alert">
          <h3>{problem.title}</h3>
          <p>{problem.detail}</p>
          <p class="quiet">{problem.next}</p>
        </section>
      )}
      {!found && asking && (
        <p class="quiet" role="status">
          asking the hub what there is …
        </p>
      )}
      {found && <Choosing found={found} all={all} />}
    </div>
  );
}

interface ListedProps {
  readonly found: ModelDocument;
  readonly asking: boolean;
  readonly offline: boolean;
  readonly onRefresh: () => void;
}

/** When the hub was asked for the checkpoints, and a way to ask again. */
function Listed({ found, asking, offline, onRefresh }: ListedProps) {
  if (found.card.source !== "hub" || offline) return null;
  const { listed_at } = found;
  return (
    <span class="listed" role="status">
      <span class="quiet">
        {asking
          ? "asking the hub …"
          : listed_at === null
            ? "not listed by the hub yet"
            : `listed ${ago(Date.now() / 1000 - listed_at)}`}
      </span>
      <button type="button" class="chip" disabled={asking} onClick={onRefresh}>
        Refresh
      </button>
    </span>
  );
}

function Choosing({ found, all }: { found: ModelDocument; all: Catalogue }) {
  const { card } = found;
  const offered = ways(found);
  const [how, setHow] = useState(() => firstWay(offered, view.peek(), card.name, all.hub.offline));
  const [picked, setPicked] = useState<ReadonlySet<string>>(
    () => new Set(view.peek().model === card.name ? (view.peek().revisions ?? []) : []),
  );
  const way = offered.find((one) => one.how === how);
  const chosen = way ? way.revisions : ordered(picked, card.revisions);
  const coming = chosen.filter((revision) => !found.on_disk.includes(revision)).length;
  return (
    <>
      <Facts found={found} />
      <fieldset class="ways">
        <legend class="heading">Checkpoints</legend>
        {[
          ...offered,
          { how: "hand", text: "Chosen by hand", revisions: ordered(picked, card.revisions) },
        ].map((one) => (
          <label key={one.how} class="way">
            <input
              type="radio"
              name="way"
              checked={one.how === how}
              onChange={() => {
                if (one.how === "hand" && picked.size === 0) setPicked(new Set(chosen));
                setHow(one.how);
              }}
            />
            <span>{one.text}</span>
            <span class="quiet">{one.revisions.length || ""}</span>
          </label>
        ))}
      </fieldset>
      <Strip revisions={card.revisions} chosen={chosen} />
      {how === "hand" ? (
        <ByHand found={found} picked={picked} onPick={setPicked} />
      ) : (
        <ul class="chosen" aria-label="Checkpoints chosen">
          {chosen.map((revision) => (
            <li key={revision}>{revision}</li>
          ))}
        </ul>
      )}
      <div class="checkpoints-actions">
        <button
          type="button"
          class="primary"
          disabled={chosen.length === 0}
          onClick={() => {
            chooserOpen.value = false;
            change(opening(all, view.peek(), found, chosen));
          }}
        >
          {chosen.length === 1 ? "Open this checkpoint" : `Open these ${chosen.length} checkpoints`}
        </button>
        <span class="quiet">
          {coming === 0
            ? "all on this disk"
            : `${coming} not on this disk; before anything is downloaded, its price is said`}
        </span>
      </div>
    </>
  );
}

/** What the model is, in one line, and whether its licence must be accepted first. */
function Facts({ found }: { found: ModelDocument }) {
  const { card, license, gated } = found;
  const facts = [
    card.architecture,
    `${compact(card.parameters)} parameters`,
    `${whole(card.layers)} blocks`,
    `d = ${whole(card.d_model)}`,
    `${whole(card.d_vocab)} tokens in its vocabulary`,
    license && `licence ${license}`,
  ];
  return (
    <p class="facts">
      {facts.filter(Boolean).join(" · ")}
      {gated && (
        <strong> Its licence must be accepted on the hub first, and the server needs HF_TOKEN.</strong>
      )}
    </p>
  );
}
