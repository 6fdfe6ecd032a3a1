/** Colours of beliefs: every state has one, and a belief is their mixture. The same bytes in every room. */

/** Colours of the states: red, green and blue for three, else around the wheel. */
export function hues(states: number): readonly (readonly [number, number, number])[] {
  if (states === 3)
    return [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ];
  return Array.from({ length: states }, (_, n) => {
    const channel = (shift: number): number => {
      const k = (shift + (12 * n) / states) % 12;
      return Math.round(255 * (0.55 - 0.45 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
    };
    return [channel(0), channel(8), channel(4)] as const;
  });
}

/** The colour of each belief, [rows, 3] bytes: the states' colours mixed as they are believed. `dim` darkens, for paper. */
export function coloured(
  belief: ArrayLike<number>,
  rows: number,
  states: number,
  dim = 1,
): Uint8ClampedArray {
  const colours = hues(states);
  const out = new Uint8ClampedArray(3 * rows);
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let state = 0; state < states; state++)
        sum +=
          (belief[row * states + state] as number) *
          ((colours[state] as readonly number[])[channel] as number);
      out[3 * row + channel] = sum * dim;
    }
  }
  return out;
}
