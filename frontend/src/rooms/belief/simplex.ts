/**
 * Beliefs on paper: views from belief space to the plane, all of them linear and fixed, so that nothing turns or flips
 * between two checkpoints; and colours, which are the true belief's own.
 */
import type { HiddenMarkov, Process } from "../../field/process";

export interface Corner {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A way to look at beliefs. */
export interface SimplexView {
  readonly name: string;
  readonly text: string;
  /** x and y of each state, [states, 2]: a belief's place is their mean under it. */
  readonly map: Float64Array;
  /** What the corners are called; joined by lines where they are the whole of the simplex' edge. */
  readonly corners: readonly Corner[];
  readonly closed: boolean;
}

export interface Window {
  readonly x0: number;
  readonly y0: number;
  readonly side: number;
}

const HEIGHT = Math.sqrt(3) / 2;
const TRIANGLE: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [0.5, HEIGHT],
];

/** Corners of a regular polygon in the unit square, the first at the lower left. */
function polygon(count: number): readonly (readonly [number, number])[] {
  if (count === 3) return TRIANGLE;
  if (count === 2)
    return [
      [0, 0.43],
      [1, 0.43],
    ];
  const turn = -Math.PI / 2 - Math.PI / count;
  return Array.from({ length: count }, (_, n) => {
    const angle = turn + (2 * Math.PI * n) / count;
    return [0.5 + 0.5 * Math.cos(angle), 0.43 + 0.5 * Math.sin(angle)] as const;
  });
}

function viewOf(
  name: string,
  text: string,
  at: readonly (readonly [number, number])[],
  names: readonly string[],
): SimplexView {
  return {
    name,
    text,
    map: Float64Array.from(at.flat()),
    corners: at.map(([x, y], n) => ({ text: names[n] ?? "", x, y })),
    closed: true,
  };
}

/** Shorter than a simplex' half: what is read off the network lies beyond what can be believed. */
const ARM = 0.42;

/** The difference of two pairs of states: two at right angles, ½ where neither is believed. */
function differences(
  states: readonly string[],
  pairs: readonly [number, number, number, number],
): SimplexView {
  const [a, b, c, d] = pairs;
  const map = new Float64Array(2 * states.length).fill(0);
  for (let state = 0; state < states.length; state++) {
    map[2 * state] = 0.5 + ARM * (Number(state === a) - Number(state === b));
    map[2 * state + 1] = 0.43 + ARM * (Number(state === c) - Number(state === d));
  }
  const corners = [
    { text: states[a] as string, x: 0.5 + ARM, y: 0.43 },
    { text: states[b] as string, x: 0.5 - ARM, y: 0.43 },
    { text: states[c] as string, x: 0.5, y: 0.43 + ARM },
    { text: states[d] as string, x: 0.5, y: 0.43 - ARM },
  ];
  const text = `${states[a]} − ${states[b]} against ${states[c]} − ${states[d]}`;
  return { name: `d${pairs.join("")}`, text, map, corners, closed: false };
}

/** The views of a process, the best first: its simplex, each factor's, differences of states, each face. */
export function viewsOf(process: Process, made: HiddenMarkov): readonly SimplexView[] {
  const { states } = made;
  const all = viewOf("all", "all states", polygon(states.length), states);
  if (states.length <= 3) return [all];
  if (process.name === "product") return [...factors(process, made), all];
  // RRXOR's two axes of the paper: the first bit, and whether the exclusive or will be true.
  const pairs: [number, number, number, number] = process.name === "rrxor" ? [1, 2, 3, 4] : [0, 1, 2, 3];
  const faces = states.length <= 6 ? facesOf(states) : [];
  return [differences(states, pairs), all, ...faces];
}

function factors(process: Extract<Process, { name: "product" }>, made: HiddenMarkov): SimplexView[] {
  const names = made.states.map((state) => state.split("·"));
  return process.of.map((factor, n) => {
    const own = [...new Set(names.map((parts) => parts[n] as string))];
    const corners = polygon(own.length);
    const at = names.map((parts) => corners[own.indexOf(parts[n] as string)] as readonly [number, number]);
    return {
      ...viewOf(`f${n}`, `factor ${n + 1}: ${factor.name}`, at, []),
      corners: corners.map(([x, y], k) => ({ text: own[k] as string, x, y })),
    };
  });
}

/** Every three states as a triangle, what is believed of the others in its middle. */
function facesOf(states: readonly string[]): SimplexView[] {
  const found: SimplexView[] = [];
  for (let a = 0; a < states.length; a++)
    for (let b = a + 1; b < states.length; b++)
      for (let c = b + 1; c < states.length; c++) {
        const at = states.map((_, state) => {
          const corner = [a, b, c].indexOf(state);
          return corner < 0 ? ([0.5, HEIGHT / 3] as const) : (TRIANGLE[corner] as readonly [number, number]);
        });
        const corners = [a, b, c].map((state, n) => ({
          text: states[state] as string,
          x: (TRIANGLE[n] as readonly [number, number])[0],
          y: (TRIANGLE[n] as readonly [number, number])[1],
        }));
        found.push({
          ...viewOf(`t${a}${b}${c}`, `face ${states[a]} ${states[b]} ${states[c]}`, at, states),
          corners,
        });
      }
  return found;
}

/** Places of beliefs in a view, [rows, 2]. */
export function onPaper(
  view: SimplexView,
  belief: ArrayLike<number>,
  rows: number,
  states: number,
): Float32Array {
  const at = new Float32Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    let [x, y] = [0, 0];
    for (let state = 0; state < states; state++) {
      const share = belief[row * states + state] as number;
      x += share * (view.map[2 * state] as number);
      y += share * (view.map[2 * state + 1] as number);
    }
    at[2 * row] = x;
    at[2 * row + 1] = y;
  }
  return at;
}

/** The whole picture with a margin: decoded beliefs leave the simplex, and are neither clipped nor put right. */
export const WHOLE_SIMPLEX: Window = { x0: -0.12, y0: -0.185, side: 1.24 };

/** A window zoomed about a point by a factor, never wider than the whole by half. */
export function zoomed(window: Window, x: number, y: number, factor: number): Window {
  const side = Math.min(WHOLE_SIMPLEX.side * 1.5, Math.max(1e-4, window.side * factor));
  const share = side / window.side;
  return { x0: x - (x - window.x0) * share, y0: y - (y - window.y0) * share, side };
}
