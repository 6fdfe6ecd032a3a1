/** What the page and its workers say to each other. */

import type { Length } from "../model/measure";
import type { Regime } from "../model/regimes";

/** A network by its seed, and where it runs apart from β. */
export interface Setting {
  readonly seed: number;
  readonly features: number;
  readonly context: number;
  readonly gamma: number;
  readonly epsilon: number;
}

/** Values of β to measure: each from the star's centre, or each from where the one before it ended. */
export interface Job {
  readonly id: number;
  readonly setting: Setting;
  readonly betas: Float64Array;
  readonly chained: boolean;
  readonly how: Length;
}

/** One value of β, measured. */
export interface Column {
  readonly beta: number;
  readonly regime: Regime;
  readonly period: number;
  readonly exponents: readonly number[];
  readonly errors: readonly number[];
  /** Semantic output overlaps [step][feature]. */
  readonly output: Float32Array<ArrayBuffer>;
  /** Position of the first step. */
  readonly position: number;
  /** Steps before the first. */
  readonly discard: number;
}

export interface Reply {
  readonly id: number;
  readonly columns: readonly Column[];
  readonly done: boolean;
  /** Steps taken since the last reply. */
  readonly steps: number;
}
