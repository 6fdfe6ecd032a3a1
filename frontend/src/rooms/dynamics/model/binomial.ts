/**
 * Exact binomial draws at any number of trials: transformed rejection where n·p is 10 or more, else by waiting times.
 *
 * Source: W. Hörmann, *The generation of binomial random variates*, J. Stat. Comput. Simul. 46 (1993), algorithm BTRS.
 */

type Uniform = () => number;

/** log k! minus Stirling's approximation of it. */
function correction(k: number): number {
  const TABLE = [0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509];
  if (k < TABLE.length) return TABLE[k] as number;
  const x = k + 1;
  const square = x * x;
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / x;
}

/** How many of n trials succeed, each with probability p. */
export function binomial(n: number, p: number, uniform: Uniform): number {
  if (p > 0.5) return n - binomial(n, 1 - p, uniform);
  if (p <= 0) return 0;
  return n * p < 10 ? byWaiting(n, p, uniform) : byRejection(n, p, uniform);
}

/** Adds up geometric waiting times until the trials are over. */
function byWaiting(n: number, p: number, uniform: Uniform): number {
  const scale = Math.log1p(-p);
  let trial = 0;
  for (let successes = 0; ; successes++) {
    trial += Math.floor(Math.log(1 - uniform()) / scale) + 1;
    if (trial > n) return successes;
  }
}

function byRejection(n: number, p: number, uniform: Uniform): number {
  const q = 1 - p;
  const deviation = Math.sqrt(n * p * q);
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const sure = 0.92 - 4.2 / b;
  const ratio = p / q;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + centre);
    if (edge >= 0.07 && v <= sure) return k;
    if (k < 0 || k > n) continue;
    const height = Math.log((v * alpha) / (a / (edge * edge) + b));
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (ratio * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((ratio * (n - k + 1)) / (k + 1)) +
      correction(mode) +
      correction(n - mode) -
      correction(k) -
      correction(n - k);
    if (height <= bound) return k;
  }
}
