/** What a comparison asks: the model, its checkpoints and layers, and which pairs are similar and which are not. */
import { catalogue } from "../../api/catalogue";
import { plural } from "../../kit/numbers";
import { cardOf } from "../../subject/view";
import { ask, study } from "./asking";
import { Add, Count, Field, OneOf, Several } from "./fields";
import { DistanceChoice, Seed, Steps } from "./measure";
import { OwnText } from "./OwnText";
import { CheckpointField } from "./SharpnessQuestions";
import { type Contrast, promptPairs } from "./study";

const PAIRS: readonly { value: Contrast; text: string; title: string }[] = [
  {
    value: "wording",
    text: "same words",
    title: "Paraphrases against one wording about two subjects: the harder contrast",
  },
  { value: "answers", text: "any two facts", title: "Paraphrases against prompts with different answers" },
  { value: "paper", text: "the paper’s", title: "The six pairs of the paper, for public models of English" },
  { value: "own", text: "own", title: "Pairs that you write" },
];

const EXAMPLE = "The capital of France is | France is governed from the city of";

export function MeaningQuestions() {
  const all = catalogue.value;
  const now = study.value;
  if (!all || !now) return null;
  const card = cardOf(all, now.meaningModel);
  const names = [...new Set([...all.models.map((one) => one.name), now.meaningModel])];
  const suite = now.contrast === "wording" || now.contrast === "answers";
  return (
    <>
      <Field label="Model">
        <OneOf
          label="Model"
          options={names.map((value) => ({ value, text: value }))}
          chosen={now.meaningModel}
          onChange={(name) => {
            const to = cardOf(all, name);
            const shipped = all.comparisons.find((sweep) => sweep.request.model.name === name);
            const layers = shipped?.write_layers ?? [...new Set([0, to?.write_layer ?? 0])];
            ask({ meaningModel: name, meaningLayers: layers, place: null });
          }}
        />
        <Add
          label="Another model, by its name"
          onAdd={(meaningModel) => ask({ meaningModel, meaningLayers: [0], contrast: "paper", place: null })}
        />
      </Field>
      <CheckpointField value={now.checkpoints} models={[now.meaningModel]} />
      <Field label="Write layers">
        <Several
          label="Write layers"
          options={Array.from({ length: card?.layers ?? Math.max(...now.meaningLayers) + 1 }, (_, value) => ({
            value,
            text: String(value),
            title: `The stream after block ${value}`,
          }))}
          chosen={now.meaningLayers}
          onChange={(meaningLayers) => ask({ meaningLayers, place: null })}
        />
      </Field>
      <Field label="Similar against">
        <OneOf
          label="Pairs"
          options={PAIRS}
          chosen={now.contrast}
          onChange={(contrast) => ask({ contrast })}
        />
        {now.contrast === "own" && (
          <>
            <OwnText
              label="Pairs of the same meaning"
              value={now.same}
              placeholder={EXAMPLE}
              note={`${plural(promptPairs(now.same).length, "similar pair")}, one a line, | between`}
              onChange={(same) => ask({ same })}
            />
            <OwnText
              label="Pairs of different meaning"
              value={now.different}
              placeholder="The capital of France is | The capital of Japan is"
              note={plural(promptPairs(now.different).length, "dissimilar pair")}
              onChange={(different) => ask({ different })}
            />
          </>
        )}
        {now.contrast === "paper" && (
          <ul class="study-paper">
            {all.paper.map((pair) => (
              <li key={pair.prompts.join("|")}>
                <span class="quiet">{pair.meaning === "same" ? "similar" : "dissimilar"}</span>{" "}
                {pair.prompts[0]} | {pair.prompts[1].trim().split(" ").at(-1)}
              </li>
            ))}
            <li class="quiet">For public models of English: the bundled ones lack most of these words.</li>
          </ul>
        )}
      </Field>
      <div class="study-row">
        <DistanceChoice />
        {suite && (
          <Count
            label="Pairs"
            value={now.meaningPairs}
            least={2}
            most={2000}
            title="Of each kind"
            onChange={(meaningPairs) => ask({ meaningPairs })}
          />
        )}
        <Steps />
        {suite && <Seed title="Which pairs are drawn" />}
      </div>
    </>
  );
}
