/**
 * The generator that seeds of the paper's program name: MT19937 as numpy's legacy `RandomState` seeds and reads it.
 *
 * Source: Matsumoto & Nishimura 1998; one fair coin is the lowest bit of one 32-bit output.
 */

const SIZE = 624;
const SHIFT = 397;

export class Twister {
  private readonly state = new Uint32Array(SIZE);
  private at = SIZE;

  constructor(seed: number) {
    this.state[0] = seed >>> 0;
    for (let i = 1; i < SIZE; i++) {
      const before = this.state[i - 1] ?? 0;
      this.state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  private twist(): void {
    const state = this.state;
    for (let i = 0; i < SIZE; i++) {
      const joined = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % SIZE] ?? 0) & 0x7fffffff);
      const mixed = (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
      state[i] = (state[(i + SHIFT) % SIZE] ?? 0) ^ mixed;
    }
    this.at = 0;
  }

  /** The next 32-bit output. */
  uint32(): number {
    if (this.at === SIZE) this.twist();
    let y = this.state[this.at++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A fair sign. */
  sign(): 1 | -1 {
    return this.uint32() & 1 ? 1 : -1;
  }

  /** So many fair signs. */
  signs(count: number): number[] {
    return Array.from({ length: count }, () => this.sign());
  }

  /** A number from [0, 1). */
  uniform(): number {
    return this.uint32() / 4294967296;
  }
}
