/**
 * What goes on in the blocks along a curve: which units change sign, and who flattens or amplifies.
 *
 * Rows are the blocks above the write layer, lowest first.
 */
import { DecodeError, type ResultFile } from "../api/decode";
import { type Along, alongOf } from "./along";
import { shown } from "./names";

export interface Inside {
  readonly along: Along;
  readonly blocks: readonly number[];
  /** [blocks][steps − 1], units that change sign from one step to the next. */
  readonly flips: readonly (readonly number[])[];
  /** [blocks], units whose sign differs between the ends. */
  readonly ends: readonly number[];
  /** ‖d out/dα‖, [steps]. */
  readonly gradient: readonly number[];
  /** Compression of attention and of MLPs: of all blocks together [steps], and of each block [blocks][steps]. */
  readonly together: readonly [readonly number[], readonly number[]];
  readonly apart: readonly [readonly (readonly number[])[], readonly (readonly number[])[]];
}

/** A place near the beginning, inside its region, as a share of the way. */
const BEFORE = 0.08;
/** Compression nearer to 0 than this is nothing to speak of. */
const SMALL = 0.05;

export function insideOf(file: ResultFile): Inside {
  const along = alongOf(file);
  const steps = along.curve.length;
  const blocks = numbers(file, "block");
  const rows = (name: string, length: number, from = 0): number[][] => {
    const all = numbers(file, name);
    return blocks.map((_, row) => all.slice((from + row) * length, (from + row + 1) * length));
  };
  const whole = numbers(file, "compression_all");
  return {
    along,
    blocks,
    flips: rows("flips", steps - 1),
    ends: numbers(file, "flips_ends"),
    gradient: numbers(file, "gradient"),
    together: [whole.slice(0, steps), whole.slice(steps)],
    apart: [rows("compression", steps), rows("compression", steps, blocks.length)],
  };
}

/** What one sees, in a few sentences. */
export function insideSentence({ along, flips, ends, together, blocks }: Inside): string {
  if (blocks.length === 0) return "Above the last block nothing is left that could compress or change sign.";
  const total = sum(flips.flat());
  const parts = [
    total === 0
      ? `No unit changes its sign on the way; ${borders(along)}.`
      : `${count(total)} sign on the way (${whole(sum(ends))} differ between the ends); ${borders(along)}.`,
  ];
  if (along.position !== null) {
    const last = along.curve.length - 1;
    const [attention, mlp] = together.map((row) => row[Math.round((along.position ?? 0) * last)] ?? 0) as [
      number,
      number,
    ];
    const before = together[1][Math.round(BEFORE * last)] ?? 0;
    parts.push(
      `Where the output moves most, at α = ${along.position.toFixed(2)}, the MLPs ${does(mlp, "")} it and the attention ${does(attention, "s")} it (compression ${signed(mlp)} and ${signed(attention)}); near the beginning the MLPs’ compression is ${signed(before)}.`,
    );
  }
  return parts.join(" ");
}

function borders(along: Along): string {
  const crossed = along.names.length - 1;
  if (crossed === 0) return `no border is crossed (“${shown(along.names[0]?.token ?? "")}” all the way)`;
  return crossed === 1 ? "one border is crossed" : `${crossed} borders are crossed`;
}

function does(compression: number, ending: string): string {
  if (Math.abs(compression) < SMALL) return `hardly change${ending}`;
  return `${compression > 0 ? "flatten" : ending ? "amplifie" : "amplify"}${ending}`;
}

function signed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}

function count(value: number): string {
  return value === 1 ? "One unit changes" : `${whole(value)} units change`;
}

function whole(value: number): string {
  return value.toLocaleString("en-US");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function numbers(file: ResultFile, name: string): number[] {
  const found = file.arrays.get(name);
  if (!found || found.dtype === "I64")
    throw new DecodeError(`This curve has no “${name}”; it was not looked into.`);
  return Array.from(found.data);
}
