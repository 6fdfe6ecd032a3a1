/**
 * Every history of a process up to a length, what is believed after it, and how uncertain the next token is; the same
 * numbers as the server's (`maths/presentation.py`) to 1e-12. Rows go by length, then in the order of the tokens.
 */

import type { HiddenMarkov } from "./process";

/** A token that follows with less chance than this does not follow. */
const POSSIBLE = 1e-12;

/** Histories that are enumerated here; the server draws a sample of more. */
export const MOST_WORDS = 200_000;

/** The histories of a process, one row each. */
export interface Presentation {
  readonly rows: number;
  readonly length: number;
  readonly states: number;
  readonly tokens: number;
  /** Token numbers, −1 beyond a history's end, [rows, length]. */
  readonly word: Int8Array;
  /** Tokens of each history. */
  readonly size: Int16Array;
  /** Row of the history without its last token; −1 for those of one token. */
  readonly parent: Int32Array;
  readonly probability: Float64Array;
  /** [rows, states]. */
  readonly belief: Float64Array;
  /** Distribution of the token after each history, [rows, tokens]. */
  readonly next: Float64Array;
  /** h₀ … h_length, nats. */
  readonly entropy: Float64Array;
}

/** All histories of one to `length` tokens; nothing where they are more than `MOST_WORDS`. */
export function present(process: HiddenMarkov, length: number): Presentation | undefined {
  const [states, tokens] = [process.states.length, process.tokens.length];
  const flat = process.transitions.flatMap((matrix) => matrix.flat());
  const emission = new Float64Array(states * tokens);
  for (let x = 0; x < tokens; x++) {
    for (let i = 0; i < states; i++) {
      for (let j = 0; j < states; j++) {
        emission[i * tokens + x] =
          (emission[i * tokens + x] as number) + (flat[(x * states + i) * states + j] as number);
      }
    }
  }
  const grown = new Grown(length, states, tokens);
  const entropy = new Float64Array(length + 1);
  let level = {
    first: -1,
    count: 1,
    belief: Float64Array.from(process.start),
    probability: Float64Array.of(1),
  };
  for (let size = 0; size <= length; size++) {
    const next = followers(level.belief, level.count, emission, states, tokens);
    for (let row = 0; row < level.count; row++) {
      entropy[size] =
        (entropy[size] as number) +
        (level.probability[row] as number) * uncertainty(next, row * tokens, tokens);
    }
    if (size) grown.put(level.first, level.belief, next, level.probability);
    if (size === length) break;
    const first = size ? level.first + level.count : 0;
    let count = 0;
    for (const chance of next) if (chance > POSSIBLE) count++;
    if (first + count > MOST_WORDS) return undefined;
    grown.room(first + count);
    const belief = new Float64Array(count * states);
    const probability = new Float64Array(count);
    let child = 0;
    for (let row = 0; row < level.count; row++) {
      for (let x = 0; x < tokens; x++) {
        const chance = next[row * tokens + x] as number;
        if (!(chance > POSSIBLE)) continue;
        grown.name(first + child, size ? level.first + row : -1, size, x);
        probability[child] = (level.probability[row] as number) * chance;
        step(level.belief, row * states, flat, x, states, belief, child * states);
        child++;
      }
    }
    level = { first, count, belief, probability };
  }
  return grown.done(entropy);
}

/** What is believed after x, written into `into`. */
function step(
  from: Float64Array,
  at: number,
  flat: readonly number[],
  x: number,
  states: number,
  into: Float64Array,
  place: number,
): void {
  let total = 0;
  for (let j = 0; j < states; j++) {
    let sum = 0;
    for (let i = 0; i < states; i++)
      sum += (from[at + i] as number) * (flat[(x * states + i) * states + j] as number);
    into[place + j] = sum;
    total += sum;
  }
  for (let j = 0; j < states; j++) into[place + j] = (into[place + j] as number) / total;
}

function followers(
  belief: Float64Array,
  count: number,
  emission: Float64Array,
  states: number,
  tokens: number,
): Float64Array {
  const next = new Float64Array(count * tokens);
  for (let row = 0; row < count; row++) {
    for (let x = 0; x < tokens; x++) {
      let sum = 0;
      for (let i = 0; i < states; i++)
        sum += (belief[row * states + i] as number) * (emission[i * tokens + x] as number);
      next[row * tokens + x] = sum;
    }
  }
  return next;
}

function uncertainty(next: Float64Array, at: number, tokens: number): number {
  let sum = 0;
  for (let x = at; x < at + tokens; x++) {
    const chance = next[x] as number;
    if (chance > 0) sum -= chance * Math.log(chance);
  }
  return sum;
}

/** The table while it grows, level by level. */
class Grown {
  private rows = 0;
  private word = new Int8Array(0);
  private size = new Int16Array(0);
  private parent = new Int32Array(0);
  private probability = new Float64Array(0);
  private belief = new Float64Array(0);
  private next = new Float64Array(0);

  constructor(
    private readonly length: number,
    private readonly states: number,
    private readonly tokens: number,
  ) {}

  /** Make room for so many rows in all. */
  room(rows: number): void {
    const from = this.rows;
    this.rows = rows;
    const { length, states, tokens } = this;
    this.word = copied(this.word, new Int8Array(rows * length)).fill(-1, from * length);
    this.size = copied(this.size, new Int16Array(rows));
    this.parent = copied(this.parent, new Int32Array(rows));
    this.probability = copied(this.probability, new Float64Array(rows));
    this.belief = copied(this.belief, new Float64Array(rows * states));
    this.next = copied(this.next, new Float64Array(rows * tokens));
  }

  /** Name a row: its parent's word and one token more. */
  name(row: number, parent: number, at: number, token: number): void {
    const { length } = this;
    if (parent >= 0) this.word.copyWithin(row * length, parent * length, parent * length + at);
    this.word[row * length + at] = token;
    this.size[row] = at + 1;
    this.parent[row] = parent;
  }

  /** Put a level's numbers in. */
  put(first: number, belief: Float64Array, next: Float64Array, probability: Float64Array): void {
    this.belief.set(belief, first * this.states);
    this.next.set(next, first * this.tokens);
    this.probability.set(probability, first);
  }

  done(entropy: Float64Array): Presentation {
    const { rows, length, states, tokens, word, size, parent, probability, belief, next } = this;
    return { rows, length, states, tokens, word, size, parent, probability, belief, next, entropy };
  }
}

function copied<T extends Int8Array | Int16Array | Int32Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
