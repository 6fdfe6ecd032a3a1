/**
 * Hidden Markov processes in the page, by the server's own formulas (`maths/hidden_markov.py`):
 *
 *     T[x][i][j] = Pr(emit x, go to j | in i)      η′ = η T[x] / (η T[x] 1)      Pr(next = x | η) = η T[x] 1
 *
 * so that a process is drawn while it is typed, with no server. Double precision throughout.
 */

/** A process as a request names it. */
export type Process =
  | { readonly name: "mess3"; readonly x: number; readonly alpha: number }
  | { readonly name: "rrxor"; readonly p: number; readonly q: number }
  | { readonly name: "z1r"; readonly p: number }
  | { readonly name: "golden_mean"; readonly p: number }
  | { readonly name: "even"; readonly p: number }
  | {
      readonly name: "matrices";
      readonly matrices: readonly (readonly (readonly number[])[])[];
      readonly tokens: string;
      readonly states?: readonly string[];
      readonly start?: readonly number[] | null;
    }
  | { readonly name: "product"; readonly of: readonly Process[] };

/** A process ready to be computed with. */
export interface HiddenMarkov {
  /** T[x][i][j]. */
  readonly transitions: readonly (readonly (readonly number[])[])[];
  /** What is believed before the first token. */
  readonly start: readonly number[];
  readonly tokens: readonly string[];
  readonly states: readonly string[];
}

type Edge = readonly [token: number, before: number, after: number, chance: number];

/** What is wrong with a typed process, in words; nothing where it is one. The server refuses the same. */
export function wrongWith(process: Process): string | undefined {
  if (process.name === "product") return process.of.map(wrongWith).find((found) => found !== undefined);
  if (process.name === "mess3") {
    if (!(process.x > 0 && process.x <= 0.5)) return "x must be above 0 and at most ½";
    return process.alpha >= 0 && process.alpha <= 1 ? undefined : "α must be between 0 and 1";
  }
  if (process.name === "matrices") return wrongMatrices(process);
  const chances = process.name === "rrxor" ? [process.p, process.q] : [process.p];
  return chances.every((chance) => chance > 0 && chance < 1) ? undefined : "a chance must be between 0 and 1";
}

function wrongMatrices(process: Extract<Process, { name: "matrices" }>): string | undefined {
  const { matrices, tokens } = process;
  const size = matrices[0]?.length ?? 0;
  const called = (state: number): string => process.states?.[state] ?? String(state);
  const letters = [...tokens];
  if (matrices.length < 2 || size < 1) return "at least two tokens and one state are needed";
  if (letters.length !== matrices.length)
    return `${letters.length} tokens are named for ${matrices.length} matrices`;
  if (new Set(letters).size !== letters.length) return "two tokens have the same letter";
  for (const [x, matrix] of matrices.entries()) {
    if (matrix.length !== size || matrix.some((row) => row.length !== size))
      return `the matrix of ${letters[x]} is not ${size} × ${size}`;
    if (matrix.some((row) => row.some((chance) => !(chance >= 0))))
      return `the matrix of ${letters[x]} holds something that is no chance`;
  }
  for (let state = 0; state < size; state++) {
    let total = 0;
    for (const matrix of matrices) for (const chance of matrix[state] as readonly number[]) total += chance;
    if (Math.abs(total - 1) > 1e-9)
      return `the chances out of state ${called(state)} sum to ${Number(total.toPrecision(6))}, not to 1`;
  }
  if (process.start) {
    const sum = process.start.reduce((a, b) => a + b, 0);
    const right = process.start.length === size && process.start.every((chance) => chance >= 0);
    return right && Math.abs(sum - 1) <= 1e-9 ? undefined : "the start is no distribution over the states";
  }
  for (let first = 0; first < size; first++) {
    const reached = new Set([first]);
    for (const here of reached) {
      for (let there = 0; there < size; there++) {
        if (matrices.some((matrix) => ((matrix[here] as readonly number[])[there] as number) > 0))
          reached.add(there);
      }
    }
    const lost = Array.from({ length: size }, (_, state) => state).find((state) => !reached.has(state));
    if (lost !== undefined) return `state ${called(lost)} is never reached from ${called(first)}`;
  }
  return undefined;
}

/** The process that a request names. */
export function hiddenMarkov(process: Process): HiddenMarkov {
  if (process.name === "product") return process.of.map(hiddenMarkov).reduce(sideBySide);
  const { transitions, tokens, states } = partsOf(process);
  const given = process.name === "matrices" ? process.start : undefined;
  const total = given?.reduce((a, b) => a + b, 0) ?? 1;
  return {
    transitions,
    tokens,
    states,
    start: given ? given.map((chance) => chance / total) : stationary(transitions),
  };
}

function partsOf(process: Exclude<Process, { name: "product" }>): Omit<HiddenMarkov, "start"> {
  switch (process.name) {
    case "mess3": {
      const [stay, miss] = [1 - 2 * process.x, (1 - process.alpha) / 2];
      const states = [0, 1, 2];
      const transitions = states.map((token) =>
        states.map((i) =>
          states.map((j) => (i === j ? stay : process.x) * (token === j ? process.alpha : miss)),
        ),
      );
      return { transitions, tokens: [..."ABC"], states: [..."ABC"] };
    }
    case "rrxor": {
      const { p, q } = process;
      const bits: Edge[] = [
        [0, 0, 1, 1 - p],
        [1, 0, 2, p],
        [0, 1, 4, 1 - q],
        [1, 1, 3, q],
        [0, 2, 3, 1 - q],
        [1, 2, 4, q],
      ];
      return {
        transitions: fromEdges([...bits, [1, 3, 0, 1], [0, 4, 0, 1]], 2, 5),
        tokens: ["0", "1"],
        states: [..."S01TF"],
      };
    }
    case "z1r":
      return {
        transitions: fromEdges(
          [
            [0, 0, 1, 1],
            [1, 1, 2, 1],
            [0, 2, 0, process.p],
            [1, 2, 0, 1 - process.p],
          ],
          2,
          3,
        ),
        tokens: ["0", "1"],
        states: [..."01R"],
      };
    case "golden_mean":
      return {
        transitions: fromEdges(
          [
            [1, 0, 0, process.p],
            [0, 0, 1, 1 - process.p],
            [1, 1, 0, 1],
          ],
          2,
          2,
        ),
        tokens: ["0", "1"],
        states: [..."AB"],
      };
    case "even":
      return {
        transitions: fromEdges(
          [
            [0, 0, 0, process.p],
            [1, 0, 1, 1 - process.p],
            [1, 1, 0, 1],
          ],
          2,
          2,
        ),
        tokens: ["0", "1"],
        states: [..."AB"],
      };
    case "matrices": {
      const size = (process.matrices[0] as readonly unknown[]).length;
      const states = process.states?.length
        ? process.states
        : Array.from({ length: size }, (_, state) => String(state));
      return { transitions: process.matrices, tokens: [...process.tokens], states };
    }
  }
}

function fromEdges(edges: readonly Edge[], tokens: number, states: number): number[][][] {
  const made = Array.from({ length: tokens }, () =>
    Array.from({ length: states }, () => new Array<number>(states).fill(0)),
  );
  for (const [token, before, after, chance] of edges)
    ((made[token] as number[][])[before] as number[])[after] = chance;
  return made;
}

/** Two independent processes seen as one: states and tokens are pairs, the first factor's slowest. */
function sideBySide(one: HiddenMarkov, other: HiddenMarkov): HiddenMarkov {
  const transitions = one.transitions.flatMap((first) =>
    other.transitions.map((second) =>
      first.flatMap((row) => second.map((beside) => row.flatMap((a) => beside.map((b) => a * b)))),
    ),
  );
  return {
    transitions,
    start: one.start.flatMap((a) => other.start.map((b) => a * b)),
    tokens: one.tokens.flatMap((a) => other.tokens.map((b) => a + b)),
    states: one.states.flatMap((a) => other.states.map((b) => `${a}·${b}`)),
  };
}

/** π = π P of an irreducible process, by elimination with pivots: (Pᵀ − 1) π = 0, its last row replaced by Σ π = 1. */
export function stationary(transitions: HiddenMarkov["transitions"]): number[] {
  const size = (transitions[0] as readonly unknown[]).length;
  const rows = Array.from({ length: size }, (_, j) =>
    Array.from({ length: size + 1 }, (_, i) => {
      if (j === size - 1) return 1;
      if (i === size) return 0;
      return (
        transitions.reduce((sum, matrix) => sum + ((matrix[i] as readonly number[])[j] as number), 0) -
        (i === j ? 1 : 0)
      );
    }),
  );
  for (let at = 0; at < size; at++) {
    let best = at;
    for (let row = at + 1; row < size; row++) {
      if (Math.abs((rows[row] as number[])[at] as number) > Math.abs((rows[best] as number[])[at] as number))
        best = row;
    }
    [rows[at], rows[best]] = [rows[best] as number[], rows[at] as number[]];
    const pivot = rows[at] as number[];
    for (let row = 0; row < size; row++) {
      if (row === at) continue;
      const share = ((rows[row] as number[])[at] as number) / (pivot[at] as number);
      if (share)
        for (let i = at; i <= size; i++)
          (rows[row] as number[])[i] = ((rows[row] as number[])[i] as number) - share * (pivot[i] as number);
    }
  }
  const found = rows.map((row, state) => Math.max(0, (row[size] as number) / (row[state] as number)));
  const total = found.reduce((a, b) => a + b, 0);
  return found.map((chance) => chance / total);
}

/** The token numbers of a word written without spaces; the place of the first that is none where there is one. */
export function numbersOf(
  process: HiddenMarkov,
  word: string,
): number[] | { readonly wrong: number; readonly at: string } {
  const found: number[] = [];
  for (let rest = word; rest; ) {
    const token = process.tokens.findIndex((name) => rest.startsWith(name));
    if (token < 0) return { wrong: found.length, at: rest.slice(0, 8) };
    found.push(token);
    rest = rest.slice((process.tokens[token] as string).length);
  }
  return found;
}
