/**
 * The rules that store images, as the server has them (`maths/attractor/rules.py`): the attention-weighted Hebb rule by
 * fixed-point sweeps, and the normalised one, Hebb less anti-Hebb, by Adam.
 */

import { COUPLINGS, type Couplings, Pass } from "./network";
import { SITES, WIDTH } from "./tokens";

const SWEEPS = 12;
const RATE = 0.3;
const STEPS = 200;
/** Most images of one step of the normalised rule. */
const STORED = 100;

/** Told how far it is, from 0 to 1. */
export type Tell = (share: number) => void;

/** J ← R √N · ⟨α_{i←j} x_i x_jᵀ⟩ / ‖·‖, so many times. */
export function fixedPoint(
  states: readonly Float64Array[],
  sharpness: number,
  rowNorm: number,
  tell: Tell,
): Couplings {
  let made = new Float64Array(COUPLINGS);
  const pass = new Pass();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const grown = new Float64Array(COUPLINGS);
    for (const x of states) {
      pass.look(made, x, sharpness);
      for (let pair = 0; pair < SITES * SITES; pair++)
        outer(grown, pair, x, (pass.attention[pair] as number) / states.length);
    }
    let square = 0;
    for (const number of grown) square += number * number;
    const scale = (rowNorm * Math.sqrt(SITES)) / Math.sqrt(square);
    made = grown.map((number) => number * scale);
    tell((sweep + 1) / SWEEPS);
  }
  return made;
}

/** grown_ij += weight · x_i x_jᵀ */
function outer(grown: Float64Array, pair: number, x: Float64Array, weight: number): void {
  if (weight === 0) return;
  const i = Math.floor(pair / SITES) * WIDTH;
  const j = (pair % SITES) * WIDTH;
  for (let a = 0; a < WIDTH; a++) {
    const left = weight * (x[i + a] as number);
    const row = (pair * WIDTH + a) * WIDTH;
    for (let c = 0; c < WIDTH; c++) (grown[row + c] as number) += left * (x[j + c] as number);
  }
}

/** Adam down the slope of −⟨log p(x_i | others)⟩ on spheres of those radii, each step over at most a hundred images in turn. */
export function normalised(
  states: readonly Float64Array[],
  radii: Float64Array,
  sharpness: number,
  tell: Tell,
): Couplings {
  const made = new Float64Array(COUPLINGS);
  const first = new Float64Array(COUPLINGS);
  const second = new Float64Array(COUPLINGS);
  const taken = Math.min(STORED, states.length);
  for (let step = 1; step <= STEPS; step++) {
    const some = Array.from(
      { length: taken },
      (_, n) => states[((step - 1) * taken + n) % states.length] as Float64Array,
    );
    const slope = normalisedSlope(made, some, radii, sharpness);
    const [one, two] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    for (let n = 0; n < COUPLINGS; n++) {
      const s = slope[n] as number;
      first[n] = 0.9 * (first[n] as number) + 0.1 * s;
      second[n] = 0.999 * (second[n] as number) + 0.001 * s * s;
      (made[n] as number) -=
        (RATE * ((first[n] as number) / one)) / (Math.sqrt((second[n] as number) / two) + 1e-8);
    }
    tell(step / STEPS);
  }
  return made;
}

function normalisedSlope(
  made: Couplings,
  states: readonly Float64Array[],
  radii: Float64Array,
  sharpness: number,
): Float64Array {
  const slope = new Float64Array(COUPLINGS);
  const pass = new Pass();
  const [logs, pulls] = [new Float64Array(SITES), new Float64Array(SITES)];
  for (const x of states) {
    pass.look(made, x, sharpness);
    for (let i = 0; i < SITES; i++) {
      const radius = radii[i] as number;
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < SITES; j++) {
        if (i === j) continue;
        const at = (i * SITES + j) * WIDTH;
        let square = 0;
        for (let a = 0; a < WIDTH; a++) square += (pass.fields[at + a] as number) ** 2;
        const length = Math.sqrt(square);
        const [log, mean] = logNormaliser(sharpness * radius * length);
        logs[j] = log;
        pulls[j] = (mean * radius) / Math.max(length, 1e-30);
        largest = Math.max(largest, log);
      }
      let total = 0;
      for (let j = 0; j < SITES; j++) if (i !== j) total += Math.exp((logs[j] as number) - largest);
      for (let j = 0; j < SITES; j++) {
        if (i === j) continue;
        const pair = i * SITES + j;
        const away = (Math.exp((logs[j] as number) - largest) / total) * (pulls[j] as number);
        const alpha = pass.attention[pair] as number;
        for (let a = 0; a < WIDTH; a++) {
          const left =
            (alpha * (x[i * WIDTH + a] as number) - away * (pass.fields[pair * WIDTH + a] as number)) /
            states.length;
          const row = (pair * WIDTH + a) * WIDTH;
          for (let c = 0; c < WIDTH; c++) (slope[row + c] as number) -= left * (x[j * WIDTH + c] as number);
        }
      }
    }
  }
  return slope;
}

/** log K(κ) of the sphere in 8 dimensions, 0 at κ = 0, and its derivative: Σ 3! (κ²/4)^k / (k! (k + 3)!), all terms positive. */
export function logNormaliser(kappa: number): readonly [number, number] {
  const quarter = (kappa * kappa) / 4;
  let [term, total, slope] = [1, 1, 0];
  for (let k = 1; term > 1e-17 * total || k * k < quarter; k++) {
    term *= quarter / (k * (k + 3));
    total += term;
    slope += 2 * k * term;
  }
  return [Math.log(total), kappa > 0 ? slope / total / kappa : 0];
}
