/** The histories of a process as the room reads them: computed in the page, kept by length. */
import { type Presentation, present } from "../../field/presentation";
import { type HiddenMarkov, hiddenMarkov, numbersOf, type Process } from "../../field/process";

const KEPT = 6;
const kept = new Map<string, { readonly made: HiddenMarkov; readonly rows: Presentation | undefined }>();

/** A process and its histories to a length; no rows where they are too many for the page. */
export function historiesOf(process: Process, length: number) {
  const name = `${length} ${JSON.stringify(process)}`;
  const here = kept.get(name);
  if (here) return here;
  const made = hiddenMarkov(process);
  const found = { made, rows: present(made, length) };
  kept.set(name, found);
  for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
  return found;
}

/** A row's tokens as a word. */
export function wordOf(made: HiddenMarkov, rows: Presentation, row: number): string {
  let word = "";
  for (let n = 0; n < (rows.size[row] as number); n++)
    word += made.tokens[rows.word[row * rows.length + n] as number];
  return word;
}

/** A row, its parent, … back to one token, the shortest first. */
export function pathTo(rows: Presentation, row: number): number[] {
  const path: number[] = [];
  for (let at = row; at >= 0; at = rows.parent[at] as number) path.unshift(at);
  return path;
}

/** The row of a typed word, or what is wrong with it, in words. */
export function rowOf(made: HiddenMarkov, rows: Presentation, word: string): number | string {
  const numbers = numbersOf(made, word);
  if (!Array.isArray(numbers)) return `“${numbers.at}” is none of the tokens ${made.tokens.join(", ")}`;
  if (numbers.length > rows.length) return `${numbers.length} tokens; at most ${rows.length} are shown`;
  let row = -1;
  for (let n = 0; n < numbers.length; n++) {
    const children = childrenOf(rows, row);
    const next = children.find((child) => rows.word[child * rows.length + n] === numbers[n]);
    if (next === undefined) {
      const seen = numbers
        .slice(0, n)
        .map((token) => made.tokens[token])
        .join("");
      return `${made.tokens[numbers[n] as number]} cannot follow ${seen || "the start"}: token ${n + 1} is impossible`;
    }
    row = next;
  }
  return row;
}

/** Rows that go on from one; −1 stands for the empty history. */
function childrenOf(rows: Presentation, parent: number): number[] {
  const [from, to] = [firstAbove(rows.parent, parent - 1), firstAbove(rows.parent, parent)];
  return Array.from({ length: to - from }, (_, n) => from + n);
}

/** The first place whose value is above one; the values ascend. */
function firstAbove(values: Int32Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many rows are shorter than the longest, at most so many tokens: those are drawn larger. */
export function shortRows(rows: Presentation, tokens: number): number {
  let count = 0;
  while (count < rows.rows && (rows.size[count] as number) <= tokens) count++;
  return count;
}
