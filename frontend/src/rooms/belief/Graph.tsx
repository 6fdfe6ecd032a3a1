/** The graph of beliefs: a disc for each that there is, in its colour and at its place, an arrow for each token. */
import { useMemo } from "preact/hooks";
import { coloured } from "../../field/beliefColour";
import { process, simplexView } from "./asking";
import { graphOf } from "./graph";
import { historiesOf, wordOf } from "./histories";
import { onPaper } from "./simplex";

const SIDE = 420;
const DISC = 7;
/** How far an arrow bends from the straight way, so that there and back are two. */
const BEND = 0.14;

export function StatesGraph() {
  const [of, how] = [process.value, simplexView.value];
  const now = useMemo(() => of && historiesOf(of, of.name === "product" ? 3 : 8), [of]);
  const found = useMemo(() => (now?.rows ? graphOf(now.rows) : null), [now]);
  if (!now?.rows || !found || !how) return null;
  const { made, rows } = now;
  const at = onPaper(how, rows.belief, rows.rows, rows.states);
  const colour = coloured(rows.belief, rows.rows, rows.states, 0.9);
  const place = (row: number): readonly [number, number] => [
    30 + ((at[2 * row] as number) + 0.05) * (SIDE - 60) * 0.9,
    SIDE - 30 - ((at[2 * row + 1] as number) + 0.05) * (SIDE - 60) * 0.9,
  ];
  const names = found.rows.map((row) => wordOf(made, rows, row));
  return (
    <section class="belief-box belief-graph">
      <header>
        <h2>The beliefs that there are, and what leads from one to another</h2>
      </header>
      <svg
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        role="img"
        aria-label={`${names.length} different beliefs and ${found.edges.length} ways from one to another.`}
      >
        <defs>
          <marker
            id="belief-arrow"
            viewBox="0 0 6 6"
            refX="5"
            refY="3"
            markerWidth="6"
            markerHeight="6"
            orient="auto"
          >
            <path d="M0,0 L6,3 L0,6 z" />
          </marker>
        </defs>
        {found.edges.map(({ from, to, token, chance }) => {
          const [start, end] = [place(found.rows[from] as number), place(found.rows[to] as number)];
          return (
            <path
              key={`${from} ${token}`}
              class="belief-edge"
              d={arrow(start, end)}
              style={{ strokeOpacity: 0.25 + 0.6 * chance }}
              marker-end="url(#belief-arrow)"
            >
              <title>{`${names[from]} → ${names[to]}: ${made.tokens[token]}, ${chance.toFixed(3)}`}</title>
            </path>
          );
        })}
        {found.rows.map((row, n) => {
          const [x, y] = place(row);
          const [r, g, b] = colour.subarray(3 * row, 3 * row + 3);
          return (
            <circle key={names[n]} cx={x} cy={y} r={DISC} fill={`rgb(${r} ${g} ${b})`}>
              <title>
                {`after ${names[n]}: ${made.states.map((state, s) => `${state} ${(rows.belief[row * rows.states + s] as number).toFixed(3)}`).join(", ")}`}
              </title>
            </circle>
          );
        })}
      </svg>
      <p class="quiet">{names.length} different beliefs; the stronger an arrow, the likelier its token.</p>
    </section>
  );
}

/** A bent way from disc to disc; a loop where they are one. */
function arrow([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): string {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const far = Math.hypot(dx, dy);
  if (far < 1) return `M${x0 - 5},${y0 - 5} c-14,-22 24,-22 10,0`;
  const [ux, uy] = [(dx / far) * (DISC + 1), (dy / far) * (DISC + 1)];
  const [mx, my] = [(x0 + x1) / 2 - dy * BEND, (y0 + y1) / 2 + dx * BEND];
  return `M${x0 + ux},${y0 + uy} Q${mx},${my} ${x1 - ux},${y1 - uy}`;
}
