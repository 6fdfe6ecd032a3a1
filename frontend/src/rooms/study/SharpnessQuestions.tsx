/** What a study asks: which models, checkpoints and layers; which text; how many pairs and how they are measured. */
import { catalogue } from "../../api/catalogue";
import { compact, plural } from "../../kit/numbers";
import { cardOf } from "../../subject/view";
import { ask, study } from "./asking";
import { Add, Count, Field, OneOf, Several } from "./fields";
import { DistanceChoice, Seed, Steps } from "./measure";
import { OwnText } from "./OwnText";
import { type Checkpoints, type Corpus, passages } from "./study";

const CORPORA: readonly { value: Corpus; text: string; title: string }[] = [
  {
    value: "facts",
    text: "facts",
    title: "The facts suite’s prompts, each from its beginning, as its models are trained",
  },
  {
    value: "stdlib",
    text: "Python",
    title: "Files of the server’s own Python library that the bundled models have not read",
  },
  { value: "texts", text: "own text", title: "Lines or paragraphs that you paste or drop" },
];

export function SharpnessQuestions() {
  const all = catalogue.value;
  const now = study.value;
  if (!all || !now) return null;
  const shipped = all.studies.filter(
    (one, i) => all.studies.findIndex((other) => other.corpus === one.corpus) === i,
  );
  const least = Math.min(...now.models.map((name) => cardOf(all, name)?.layers ?? 12));
  return (
    <>
      {shipped.length > 0 && (
        <Field label="Ready to look at">
          <div class="study-chips">
            {shipped.map((one) => (
              <button
                key={one.corpus}
                type="button"
                onClick={() =>
                  ask({
                    models: one.models.map((model) => model.name),
                    corpus: one.corpus,
                    checkpoints: "all",
                    layers: one.write_layers,
                    pairs: one.pairs,
                    promptTokens: one.prompt_tokens,
                    steps: one.steps,
                    seed: one.seed,
                    distance: all.studies.some(
                      (other) => other.corpus === one.corpus && other.distance === now.distance,
                    )
                      ? now.distance
                      : one.distance,
                    cell: null,
                    pair: null,
                  })
                }
              >
                {one.corpus === "facts" ? "world facts" : "Python’s library"}
              </button>
            ))}
          </div>
        </Field>
      )}
      <Field label="Models">
        <Several
          label="Models"
          options={[...new Set([...all.models.map((card) => card.name), ...now.models])].map((name) => {
            const card = cardOf(all, name);
            return {
              value: name,
              text: name,
              ...(card && { title: `${card.layers} blocks, ${compact(card.parameters)}` }),
            };
          })}
          chosen={now.models}
          onChange={(models) => ask({ models, cell: null, pair: null })}
        />
        <Add
          label="Another model, by its name"
          onAdd={(name) => ask({ models: [...new Set([...now.models, name])], cell: null, pair: null })}
        />
      </Field>
      <CheckpointField value={now.checkpoints} models={now.models} />
      <Field label="Write layers">
        <Several
          label="Write layers"
          options={Array.from({ length: least }, (_, value) => ({
            value,
            text: String(value),
            title: `The stream after block ${value}`,
          }))}
          chosen={now.layers}
          onChange={(layers) => ask({ layers })}
        />
      </Field>
      <Field label="Text that prompts are cut from">
        <OneOf
          label="Text"
          options={CORPORA}
          chosen={now.corpus}
          onChange={(corpus) => ask({ corpus, cell: null, pair: null })}
        />
        {now.corpus === "texts" && (
          <OwnText
            value={now.text}
            note={plural(passages(now.text).length, "passage")}
            onChange={(text) => ask({ text })}
          />
        )}
      </Field>
      <div class="study-row">
        <DistanceChoice />
        <Count
          label="Pairs"
          value={now.pairs}
          least={1}
          most={10_000}
          title="Pair i goes from prompt i to prompt i + 1; the paper: 1,000"
          onChange={(pairs) => ask({ pairs, pair: null })}
        />
        <Count
          label="Prompt tokens"
          value={now.promptTokens}
          least={2}
          most={256}
          title="Tokens of each prompt; the paper: 10"
          onChange={(promptTokens) => ask({ promptTokens })}
        />
        <Steps />
        <Seed title="Where the text is cut" />
      </div>
    </>
  );
}

/** All checkpoints, eight, or those picked by hand. */
export function CheckpointField({ value, models }: { value: Checkpoints; models: readonly string[] }) {
  const all = catalogue.value;
  if (!all) return null;
  const names = [
    ...new Set(models.flatMap((name) => cardOf(all, name)?.revisions.map((row) => row.revision) ?? [])),
  ];
  const how = typeof value === "string" ? value : "some";
  return (
    <Field label="Checkpoints">
      <OneOf
        label="Checkpoints"
        options={[
          { value: "all", text: "all" },
          { value: "eight", text: "8, log-spaced" },
          { value: "some", text: "by hand" },
        ]}
        chosen={how}
        onChange={(picked) =>
          ask({
            checkpoints:
              picked === "some"
                ? [...new Set([names[0], names.at(-1)])].filter((n) => n !== undefined)
                : (picked as Checkpoints),
          })
        }
      />
      {typeof value !== "string" && (
        <Several
          label="Checkpoints by hand"
          options={names.map((name) => ({ value: name, text: name.replace(/^step/, ""), title: name }))}
          chosen={value}
          onChange={(checkpoints) => ask({ checkpoints })}
        />
      )}
    </Field>
  );
}
