/**
 * What is believed in a plane: the belief that is read off the final residual of every point, as a colour; and the history
 * after which an optimal observer believes most nearly that, as a name. So regions of belief stand against regions of output.
 */
import type { Json, ResultFile } from "../api/decode";
import { floats, ints } from "./arrays";
import { coloured, hues } from "./beliefColour";
import { borders } from "./contours";
import type { Layer } from "./overlay";
import type { Land } from "./regionMap";
import { regions } from "./regions";
import type { Slice } from "./slice";
import type { Window } from "./view";

export interface BeliefPlane {
  readonly nx: number;
  readonly ny: number;
  readonly alpha: Float32Array;
  readonly beta: Float32Array;
  readonly states: readonly string[];
  /** [ny, nx, states], as read: unbounded. */
  readonly belief: Float32Array;
  /** [ny, nx]: the history that names a point, by its place among the words. */
  readonly word: Int32Array;
  readonly words: readonly string[];
  /** [ny, nx]: the token that names a point, by its output. */
  readonly name: Int32Array;
  /** Of the probe, in sample. */
  readonly r2: number;
}

const texts = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** The plane that a file holds; throws `DecodeError` where it holds another thing. */
export function beliefPlaneOf(file: ResultFile): BeliefPlane {
  const [alpha, beta] = [floats(file, "alpha"), floats(file, "beta")];
  const states = texts(file.metadata["states"]);
  const cells = alpha.length * beta.length;
  const r2 = file.arrays.get("r2")?.data[0];
  return {
    nx: alpha.length,
    ny: beta.length,
    alpha,
    beta,
    states,
    belief: floats(file, "belief", cells * states.length),
    word: ints(file, "word", cells),
    words: texts(file.metadata["words"]),
    name: ints(file, "name", cells),
    r2: Number(r2),
  };
}

const windowOf = ({ alpha, beta, nx, ny }: BeliefPlane): Window => ({
  alpha: [alpha[0] ?? 0, alpha[nx - 1] ?? 1],
  beta: [beta[0] ?? 0, beta[ny - 1] ?? 1],
});

/** How dark the line is where the likeliest token changes. */
const LINE = 0.45;

/** The layer: each point in its belief's colour, darker where the token that names it changes. */
export function beliefLayer(plane: BeliefPlane): Layer {
  const { nx, ny, belief, states, name } = plane;
  const colour = coloured(belief, nx * ny, states.length);
  const pixels = new Uint8ClampedArray(4 * nx * ny);
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      const n = j * nx + i;
      const changes =
        (i + 1 < nx && name[n] !== name[n + 1]) || (j + 1 < ny && name[n] !== name[n + nx]) ? LINE : 1;
      const at = 4 * ((ny - 1 - j) * nx + i);
      for (let channel = 0; channel < 3; channel++)
        pixels[at + channel] = (colour[3 * n + channel] as number) * changes;
      pixels[at + 3] = 255;
    }
  const own = hues(states.length);
  return {
    pixels,
    nx,
    ny,
    window: windowOf(plane),
    legend: [
      ...states.map((text, n) => ({ colour: `rgb(${(own[n] as readonly number[]).join(" ")})`, text })),
      { colour: "rgb(96 96 104)", text: "darker: the likeliest token changes" },
    ],
  };
}

/** Regions of belief: borders where the nearest history changes, named by it; in the words of a slice of the same plane. */
export function beliefLand(plane: BeliefPlane, like: Slice): Land {
  const { nx, ny, alpha, beta, word, words } = plane;
  const slice: Slice = { ...like, nx, ny, alpha, beta, tokens: new Map(words.entries()) };
  return {
    slice,
    atlas: { nx, ny, names: word, regions: regions(word, nx, ny), borders: borders(word, nx, ny) },
  };
}

/** Neighbouring points that are named by different tokens, and the share of them that different histories name, too. */
export function agreement({ nx, ny, word, name }: BeliefPlane): { output: number; both: number } {
  let [output, both] = [0, 0];
  const look = (n: number, m: number): void => {
    if (name[n] === name[m]) return;
    output++;
    if (word[n] !== word[m]) both++;
  };
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      const n = j * nx + i;
      if (i + 1 < nx) look(n, n + 1);
      if (j + 1 < ny) look(n, n + nx);
    }
  return { output, both: output ? both / output : 0 };
}

/** What the layer says, in a sentence. */
export function beliefPlaneSentence(plane: BeliefPlane): string {
  const count = regions(plane.word, plane.nx, plane.ny).list.length;
  const { output, both } = agreement(plane);
  const against = output
    ? ` Where the likeliest token changes, so does the nearest history in ${Math.round(100 * both)} % of places.`
    : " The likeliest token is the same everywhere here.";
  return `${count} regions of belief, each named by the shortest history that leads there.${against} The probe’s R² is ${plane.r2.toFixed(4)}.`;
}
