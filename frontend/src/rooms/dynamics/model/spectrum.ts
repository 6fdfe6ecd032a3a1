/** What a series repeats: its power spectrum, with the peaks named, and its autocorrelation. */

export interface Peak {
  /** Cycles for each token, 0 to 0.5. */
  readonly frequency: number;
  readonly power: number;
  /** The multiple of 1/L that it is, or 0. */
  readonly multiple: number;
}

/** Power |F|²/T at the frequencies k/T, k = 0 … T/2, of a series with its mean removed; T is a power of two. */
export function power(series: Float64Array): Float64Array {
  const size = 2 ** Math.floor(Math.log2(Math.max(2, series.length)));
  const real = series.slice(series.length - size);
  const mean = real.reduce((sum, value) => sum + value, 0) / size;
  for (let i = 0; i < size; i++) real[i] = (real[i] as number) - mean;
  const imaginary = new Float64Array(size);
  transform(real, imaginary);
  const half = new Float64Array(size / 2 + 1);
  for (let k = 0; k <= size / 2; k++)
    half[k] = ((real[k] as number) ** 2 + (imaginary[k] as number) ** 2) / size;
  return half;
}

/** Fourier transform in place, by halves (Cooley & Tukey). */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j] as number, real[i] as number];
      [imaginary[i], imaginary[j]] = [imaginary[j] as number, imaginary[i] as number];
    }
  }
  for (let span = 2; span <= size; span <<= 1)
    for (let k = 0; k < span / 2; k++) {
      const angle = (-2 * Math.PI * k) / span;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let at = k; at < size; at += span) {
        const other = at + span / 2;
        const x = (real[other] as number) * c - (imaginary[other] as number) * s;
        const y = (real[other] as number) * s + (imaginary[other] as number) * c;
        real[other] = (real[at] as number) - x;
        imaginary[other] = (imaginary[at] as number) - y;
        real[at] = (real[at] as number) + x;
        imaginary[at] = (imaginary[at] as number) + y;
      }
    }
}

/** The largest peaks, at most so many, each above a hundredth of the largest. */
export function peaks(spectrum: Float64Array, context: number, most: number): readonly Peak[] {
  const bins = spectrum.length - 1;
  const found: Peak[] = [];
  for (let k = 1; k <= bins; k++) {
    const here = spectrum[k] as number;
    if (here < (spectrum[k - 1] as number) || here <= (k < bins ? (spectrum[k + 1] as number) : 0)) continue;
    const frequency = k / (2 * bins);
    const multiple = Math.round(frequency * context);
    const near = multiple > 0 && Math.abs(frequency - multiple / context) < 0.75 / bins;
    found.push({ frequency, power: here, multiple: near ? multiple : 0 });
  }
  found.sort((a, b) => b.power - a.power);
  const least = (found[0]?.power ?? 0) / 100;
  return found.slice(0, most).filter((peak) => peak.power > least);
}

/** Correlation of a series with itself at lags 0 … `lags`, mean removed, 1 at lag 0; 0 everywhere for a constant. */
export function autocorrelation(series: Float64Array, lags: number): Float64Array {
  const count = series.length;
  const mean = series.reduce((sum, value) => sum + value, 0) / count;
  const result = new Float64Array(Math.min(lags, count - 1) + 1);
  for (let lag = 0; lag < result.length; lag++) {
    let sum = 0;
    for (let t = 0; t < count - lag; t++)
      sum += ((series[t] as number) - mean) * ((series[t + lag] as number) - mean);
    result[lag] = sum / (count - lag);
  }
  const largest = result[0] as number;
  return largest > 0 ? result.map((value) => value / largest) : result;
}
