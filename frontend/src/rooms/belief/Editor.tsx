/** The process: one by name with its numbers, or any by its matrices; checked as it is typed, and drawn at once. */
import { useSignal } from "@preact/signals";
import { hiddenMarkov, type Process, wrongWith } from "../../field/process";
import { Choice } from "../../kit/Choice";
import { modelCard, process } from "./asking";
import { historiesOf } from "./histories";
import { showBelief } from "./link";
import { Train } from "./Train";

const NAMED: readonly { readonly text: string; readonly of: Process }[] = [
  { text: "Mess3", of: { name: "mess3", x: 0.05, alpha: 0.85 } },
  { text: "Mess3, blurred", of: { name: "mess3", x: 0.15, alpha: 0.6 } },
  { text: "RRXOR", of: { name: "rrxor", p: 0.5, q: 0.5 } },
  { text: "Zero, one, random", of: { name: "z1r", p: 0.5 } },
  { text: "Golden mean", of: { name: "golden_mean", p: 0.5 } },
  { text: "Even", of: { name: "even", p: 0.5 } },
  {
    text: "Mess3 × Mess3, blurred",
    of: {
      name: "product",
      of: [
        { name: "mess3", x: 0.05, alpha: 0.85 },
        { name: "mess3", x: 0.15, alpha: 0.6 },
      ],
    },
  },
];

/** Numbers of the named processes, with what they mean. */
const ABOUT: Readonly<Record<string, string>> = {
  x: "Chance to go to each of the other states",
  alpha: "Chance to emit the letter of the state arrived at",
  p: "The chance that is free",
  q: "The chance of the second bit",
};

export function Editor() {
  const now = process.value;
  const draft = useSignal<Process | null>(null);
  if (!now) return null;
  const typed = draft.value ?? now;
  const wrong = wrongWith(typed);
  const take = (next: Process): void => {
    draft.value = next;
    if (wrongWith(next) !== undefined) return;
    const own = JSON.stringify(modelCard.value?.process?.process) === JSON.stringify(next);
    showBelief({ process: own ? "" : JSON.stringify(next), look: "" });
  };
  const named = NAMED.findIndex(
    ({ of }) =>
      of.name === typed.name && (typed.name !== "mess3" || JSON.stringify(of) === JSON.stringify(typed)),
  );
  return (
    <section class="belief-editor" aria-label="The process">
      <div class="belief-editor-row">
        <Choice
          label="Process"
          value={named}
          options={[
            ...NAMED.map(({ text }, value) => ({ value, text })),
            ...(named < 0
              ? [{ value: -1, text: typed.name === "matrices" ? "by its matrices" : typed.name }]
              : []),
          ]}
          onPick={(n) => NAMED[n] && take((NAMED[n] as { of: Process }).of)}
        />
        {Object.entries(typed)
          .filter((entry): entry is [string, number] => typeof entry[1] === "number")
          .map(([name, value]) => (
            <label key={name} class="belief-number" title={ABOUT[name]}>
              <span>{name === "alpha" ? "α" : name}</span>
              <input
                type="number"
                step={0.01}
                min={0}
                max={1}
                value={value}
                onInput={(event) => take({ ...typed, [name]: event.currentTarget.valueAsNumber } as Process)}
              />
            </label>
          ))}
        {typed.name !== "matrices" && typed.name !== "product" && (
          <button type="button" class="chip" onClick={() => take(asMatrices(typed))}>
            Edit its matrices
          </button>
        )}
      </div>
      {typed.name === "matrices" && <Matrices of={typed} take={take} />}
      {wrong ? (
        <p class="bad" role="alert">
          {wrong}
        </p>
      ) : (
        <p class="quiet">{about(typed)}</p>
      )}
      <Train ready={!wrong} />
    </section>
  );
}

function Matrices({
  of,
  take,
}: {
  of: Extract<Process, { name: "matrices" }>;
  take: (next: Process) => void;
}) {
  const tokens = [...of.tokens];
  const states = of.matrices[0]?.map((_, n) => of.states?.[n] ?? String(n)) ?? [];
  const totals = states.map((_, i) =>
    of.matrices.reduce((sum, matrix) => sum + (matrix[i] ?? []).reduce((a, b) => a + b, 0), 0),
  );
  return (
    <div class="belief-matrices">
      {of.matrices.map((matrix, x) => (
        <table key={tokens[x]}>
          <caption>
            emits <b>{tokens[x]}</b>
          </caption>
          <thead>
            <tr>
              <th scope="col">from \ to</th>
              {states.map((state) => (
                <th key={state} scope="col">
                  {state}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.map((row, i) => (
              <tr key={states[i]}>
                <th scope="row">{states[i]}</th>
                {row.map((chance, j) => (
                  <td key={states[j]}>
                    <input
                      type="number"
                      min={0}
                      max={1}
                      step={0.01}
                      value={chance}
                      aria-label={`${tokens[x]}: from ${states[i]} to ${states[j]}`}
                      onInput={(event) => {
                        const value = event.currentTarget.valueAsNumber;
                        const matrices = of.matrices.map((one, y) =>
                          y !== x
                            ? one
                            : one.map((cells, k) =>
                                k !== i ? cells : cells.map((old, l) => (l === j ? value : old)),
                              ),
                        );
                        take({ ...of, matrices });
                      }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <table>
        <caption>sum</caption>
        <thead>
          <tr>
            <th scope="col">must be 1</th>
          </tr>
        </thead>
        <tbody>
          {totals.map((total, i) => (
            <tr key={states[i]}>
              <td class={Math.abs(total - 1) > 1e-9 ? "bad" : ""}>{Number(total.toPrecision(6))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function asMatrices(process: Process): Process {
  const made = hiddenMarkov(process);
  const clean = (chance: number): number => Number(chance.toPrecision(12));
  return {
    name: "matrices",
    matrices: made.transitions.map((matrix) => matrix.map((row) => row.map(clean))),
    tokens: made.tokens.join(""),
    states: [...made.states],
  };
}

/** What there is to know of a process at once. */
function about(process: Process): string {
  const { made, rows } = historiesOf(process, lengthFor(process));
  if (!rows) return "";
  const distinct = distinctOf(rows.belief, rows.rows, rows.states);
  const rate = rows.entropy.at(-1) as number;
  const kinds = distinct.finite ? `${distinct.count} different beliefs` : "ever new beliefs";
  return `${made.states.length} states, ${made.tokens.length} tokens; ${rows.rows.toLocaleString("en-US")} histories of up to ${rows.length} tokens reach ${kinds}; the least loss falls from ${(rows.entropy[0] as number).toFixed(4)} to ${rate.toFixed(4)} nats a token.`;
}

function lengthFor(process: Process): number {
  const tokens = hiddenMarkov(process).tokens.length;
  let length = 1;
  while (tokens ** (length + 2) < 20_000 && length < 10) length++;
  return length;
}

/** Different beliefs to nine decimals; finite where the longest histories bring none that shorter ones had not. */
function distinctOf(belief: Float64Array, rows: number, states: number): { count: number; finite: boolean } {
  const seen = new Set<string>();
  let half = 0;
  for (let row = 0; row < rows; row++) {
    seen.add(
      Array.from(belief.subarray(row * states, (row + 1) * states), (share) => share.toFixed(9)).join(),
    );
    if (row === rows >> 1) half = seen.size;
  }
  return { count: seen.size, finite: seen.size === half && seen.size <= 256 };
}
