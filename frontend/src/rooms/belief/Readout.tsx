/** One history: what it is, what is believed after it and what is read, what comes next and what the model says. */
import { histories, learning, place, shown, trainedModel } from "./asking";
import { chosenRow, path, worded } from "./drawn";
import { decodedAt } from "./frame";
import { wordOf } from "./histories";
import { beliefView, showBelief } from "./link";

export function HistoryReadout() {
  const now = histories.value;
  const wrong = typeof worded.value === "string" ? worded.value : null;
  return (
    <section class="belief-readout" aria-label="A history">
      <label class="belief-word">
        <span>History</span>
        <input
          type="text"
          value={beliefView.value.word}
          placeholder={now ? `tokens ${now.made.tokens.slice(0, 6).join(" ")}` : ""}
          spellcheck={false}
          autocomplete="off"
          maxLength={64}
          aria-invalid={wrong !== null}
          onInput={(event) => showBelief({ word: event.currentTarget.value.trim() }, "drift")}
        />
      </label>
      {wrong && (
        <p class="bad" role="alert">
          {wrong}
        </p>
      )}
      {chosenRow.value >= 0 ? (
        <One />
      ) : (
        !wrong && <p class="quiet">Point at a history in either picture, or type one.</p>
      )}
    </section>
  );
}

function One() {
  const [now, frame, row] = [histories.value, shown.value, chosenRow.value];
  if (!now?.rows) return null;
  const { made, rows } = now;
  const fits = frame?.rows === rows.rows && (trainedModel.value !== null || learning.value != null);
  const read = fits ? decodedAt(frame, place.value) : undefined;
  const [states, tokens] = [made.states.length, made.tokens.length];
  return (
    <>
      <p class="belief-history">
        <b>{wordOf(made, rows, row)}</b>
        <span class="quiet"> Pr {power(rows.probability[row] as number)}</span>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">state</th>
            <th scope="col">believed</th>
            {read && <th scope="col">read</th>}
          </tr>
        </thead>
        <tbody>
          {made.states.map((state, n) => (
            <Line
              key={state}
              name={state}
              one={rows.belief[row * states + n]}
              other={read?.[row * states + n]}
            />
          ))}
        </tbody>
      </table>
      <table>
        <thead>
          <tr>
            <th scope="col">next</th>
            <th scope="col">optimal</th>
            {fits && <th scope="col">model</th>}
          </tr>
        </thead>
        <tbody>
          {made.tokens.map((token, n) => (
            <Line
              key={token}
              name={token}
              one={rows.next[row * tokens + n]}
              other={fits ? frame.probabilities[row * tokens + n] : undefined}
            />
          ))}
        </tbody>
      </table>
      <Trace />
    </>
  );
}

/** The history token by token: the belief after each, as a bar in the states' order. */
function Trace() {
  const [now, frame] = [histories.value, shown.value];
  if (!now?.rows || path.value.length < 2) return null;
  const { made, rows } = now;
  const states = made.states.length;
  const read = frame?.rows === rows.rows ? decodedAt(frame, place.value) : undefined;
  return (
    <ol class="belief-trace" aria-label="Its trace, token by token">
      {path.value.map((row) => {
        let far = 0;
        for (let n = 0; n < states; n++)
          far += ((rows.belief[row * states + n] as number) - (read?.[row * states + n] ?? 0)) ** 2;
        const token = made.tokens[rows.word[row * rows.length + (rows.size[row] as number) - 1] as number];
        const most = made.states
          .map((state, n) => `${state} ${(rows.belief[row * states + n] as number).toFixed(2)}`)
          .join(", ");
        return (
          <li key={row} title={read ? `${most}; read ${Math.sqrt(far).toFixed(3)} away` : most}>
            <b>{token}</b>
            <span class="belief-bar">
              {made.states.map((state, n) => (
                <i key={state} data-state={n} style={{ flexGrow: rows.belief[row * states + n] }} />
              ))}
            </span>
            {read && <small>{Math.sqrt(far).toFixed(3)}</small>}
          </li>
        );
      })}
    </ol>
  );
}

function Line({ name, one, other }: { name: string; one: number | undefined; other: number | undefined }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{one?.toFixed(4)}</td>
      {other !== undefined && <td>{other.toFixed(4).replace("-", "−")}</td>}
    </tr>
  );
}

function power(value: number): string {
  return value >= 0.001
    ? value.toPrecision(3)
    : value
        .toExponential(2)
        .replace("e-", " · 10⁻")
        .replace(
          /⁻(\d+)$/,
          (_, digits: string) => `⁻${[...digits].map((d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(d)]).join("")}`,
        );
}
