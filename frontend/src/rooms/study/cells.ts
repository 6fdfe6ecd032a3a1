/** Cells of a study as points of its chart: from the whole result, or from the cells that are there so far. */
import { isObject, type Json, type ResultFile } from "../../api/decode";
import { cellsListed } from "../../api/recipe";
import type { StudyCellRequest } from "../../api/types";
import type { Part } from "../../asking/parts";
import { CONTROLS } from "../../field/controls";
import type { Measure, Over } from "./study";

export interface Cell {
  readonly key: string;
  readonly request: StudyCellRequest;
  readonly model: string;
  readonly revision: string;
  readonly layer: number;
  /** −1 where unknown. */
  readonly step: number;
  readonly tokens: number;
  readonly parameters: number;
  /** Lower quartile, median, upper quartile over pairs; NaN where no pair is kept. */
  readonly sharpness: readonly [number, number, number];
  readonly width: readonly [number, number, number];
  /** The median's 95 % interval; NaN where it is not known. */
  readonly interval: readonly [number, number];
  /** Median sharpness of each control, by its name on the wire; empty where there are none. */
  readonly controls: Readonly<Record<string, number>>;
  readonly pairs: number;
  readonly leftOut: number;
}

/** The values of an array as plain numbers; empty where the file has none of that name. */
export function numbersOf(file: ResultFile, name: string): number[] {
  return Array.from(file.arrays.get(name)?.data ?? [], Number);
}

const known = (value: Json | undefined): number => (typeof value === "number" ? value : -1);

/** Every cell of a finished study. */
export function cellsOf(file: ResultFile): Cell[] {
  const columns = [
    "lower",
    "median",
    "upper",
    "width_lower",
    "width",
    "width_upper",
    "pairs",
    "left_out",
    "parameters",
    "step",
    "tokens",
  ].map((name) => numbersOf(file, name));
  const intervals = numbersOf(file, "interval");
  const controls = numbersOf(file, "control_quartiles");
  return cellsListed(file, "study_cell").map(({ key, request }, i) => {
    const at = (column: number): number => columns[column]?.[i] ?? Number.NaN;
    return {
      key,
      request,
      ...placeOf(request),
      sharpness: [at(0), at(1), at(2)],
      width: [at(3), at(4), at(5)],
      interval: [intervals[2 * i] ?? Number.NaN, intervals[2 * i + 1] ?? Number.NaN],
      controls: controlsOf(file, controls.slice(9 * i, 9 * i + 9)),
      pairs: at(6),
      leftOut: at(7),
      parameters: at(8),
      step: at(9),
      tokens: at(10),
    };
  });
}

/** A cell that was computed, or found in the cache, by itself. */
export function cellOf({ key, request: asked, value: file }: Part<ResultFile, "study_cell">): Cell {
  const out = isObject(file.metadata["left_out"]) ? known(file.metadata["left_out"]["count"]) : 0;
  const three = (name: string): Cell["sharpness"] => {
    const [low = Number.NaN, middle = Number.NaN, high = Number.NaN] = numbersOf(file, name);
    return [low, middle, high];
  };
  return {
    key,
    request: asked,
    ...placeOf(asked),
    sharpness: three("quartiles"),
    width: three("width_quartiles"),
    interval: numbersOf(file, "interval") as unknown as Cell["interval"],
    controls: controlsOf(file, numbersOf(file, "control_quartiles")),
    pairs: asked.pairs - out,
    leftOut: out,
    parameters: known(file.metadata["parameters"]),
    step: known(file.metadata["step"]),
    tokens: known(file.metadata["tokens"]),
  };
}

/** Medians of the controls, from their quartiles row by row. */
function controlsOf(file: ResultFile, quartiles: readonly number[]): Cell["controls"] {
  const names = (file.metadata["controls"] ?? []) as readonly string[];
  return Object.fromEntries(names.map((name, row) => [name, quartiles[3 * row + 1] ?? Number.NaN]));
}

function placeOf(request: StudyCellRequest): Pick<Cell, "model" | "revision" | "layer"> {
  const { name, revision } = request.model;
  return { model: name, revision: revision ?? "main", layer: request.write_layer ?? 0 };
}

export const sameCell = (a: Cell, [model, revision, layer]: readonly [string, string, number]): boolean =>
  a.model === model && a.revision === revision && a.layer === layer;

export const measured = (cell: Cell, measure: Measure): readonly [number, number, number] =>
  measure === "sharpness" ? cell.sharpness : cell.width;

export const over = (cell: Cell, axis: Over): number =>
  axis === "parameters" ? cell.parameters : axis === "tokens" ? cell.tokens : cell.step;

/** What the cells can lie over, the wished one if it is known of all: else tokens, steps, parameters. */
export function axisFor(cells: readonly Cell[], wish: Over): Over {
  const fits = (axis: Over): boolean => cells.every((cell) => over(cell, axis) >= 0);
  return [wish, "tokens" as const, "steps" as const].find(fits) ?? "parameters";
}

export interface Scale {
  /** 0 at the low end, 1 at the high one. */
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** A logarithmic axis over the values; 0 has a place of its own, left of the smallest positive value. */
export function logScale(values: readonly number[], text: (value: number) => string): Scale {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const least = logs.length > 0 ? Math.min(...logs) : 0;
  const most = Math.max(least + 1e-9, ...logs);
  const nothing = values.some((value) => value <= 0);
  const start = nothing ? least - Math.max(0.5, (most - least) / 8) : least;
  const single = most - start < 1e-6;
  const place = (value: number): number =>
    single ? 0.5 : ((value > 0 ? Math.log10(value) : start) - start) / (most - start);
  const powers: number[] = [];
  for (let power = Math.ceil(least - 1e-9); power <= Math.floor(most + 1e-9); power++)
    powers.push(10 ** power);
  const marks = powers.length >= 2 ? powers : [...new Set(values.filter((value) => value > 0))];
  const ticks = marks.map((value) => ({ at: place(value), text: text(value) }));
  return { place, ticks: nothing ? [{ at: 0, text: "0" }, ...ticks] : ticks };
}

/** What the study shows, in numbers: the first and the last checkpoint of each model, and the sizes at the last. */
export function finding(cells: readonly Cell[]): string {
  const layer = Math.min(...cells.map((cell) => cell.layer));
  const models = [...new Set(cells.map((cell) => cell.model))];
  const ends = models.flatMap((model) => {
    const own = cells
      .filter((cell) => cell.model === model && cell.layer === layer && Number.isFinite(cell.sharpness[1]))
      .sort((a, b) => a.step - b.step);
    const [first, last] = [own[0], own.at(-1)];
    return first && last ? [{ model, first, last, alone: own.length < 2 }] : [];
  });
  if (ends.length === 0) return "";
  const text = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
  const trained = ends.filter((end) => !end.alone);
  // Above the interval of the untrained median, not merely above the median.
  const rises = trained.filter(({ first, last }) => above(last, first));
  const told = trained.map(
    ({ model, first, last }) => `${text(first.sharpness[1])} → ${text(last.sharpness[1])} (${model})`,
  );
  const training =
    trained.length === 0
      ? ""
      : rises.length === trained.length
        ? `Training sharpens ${trained.length === 1 ? "the borders" : "every size"}: median sharpness ${told.join(", ")}. `
        : `Training sharpens ${rises.length} of ${trained.length} models: median sharpness ${told.join(", ")}. `;
  const last = ends.map((end) => end.last);
  return training + bySize(last) + beside(last, text);
}

/** Whether one cell's median is larger beyond both intervals; by the medians alone where there are none. */
function above(one: Cell, other: Cell): boolean {
  const [low, high] = [one.interval[0], other.interval[1]];
  return Number.isFinite(low) && Number.isFinite(high) ? low > high : one.sharpness[1] > other.sharpness[1];
}

/** What the controls read at the last checkpoints. */
function beside(last: readonly Cell[], text: (value: number) => string): string {
  const told = Object.entries(CONTROLS).flatMap(([name, { where }]) => {
    const values = last.map((cell) => cell.controls[name] ?? Number.NaN).filter(Number.isFinite);
    if (values.length === 0) return [];
    const [least, most] = [text(Math.min(...values)), text(Math.max(...values))];
    return [`${least === most ? least : `${least} to ${most}`} ${where}`];
  });
  if (told.length === 0) return "";
  const over = last.filter((cell) => (cell.controls["last_block"] ?? 0) >= cell.sharpness[1]);
  const bend =
    over.length === 0
      ? ""
      : ` ${over.length === last.length ? "All of them are" : `${over.map((cell) => cell.model).join(", ")} is`} as sharp where no block is left, so this distance cannot tell what the blocks do.`;
  return ` Controls at the end: ${told.join(", ")}.${bend}`;
}

function bySize(last: readonly Cell[]): string {
  if (last.length < 2) return "";
  const row = [...last].sort((a, b) => a.parameters - b.parameters);
  const rising = row.every((cell, i) => i === 0 || above(cell, row[i - 1] as Cell));
  if (rising) return "Larger models are sharper, size by size.";
  if (!above(row.at(-1) as Cell, row[0] as Cell))
    return "The largest model is not sharper than the smallest here.";
  const dips = row.filter((cell, i) => i > 0 && !above(cell, row[i - 1] as Cell)).map((cell) => cell.model);
  return `The largest model is sharper than the smallest, but not size by size: ${dips.join(", ")} is not above the size before it.`;
}
