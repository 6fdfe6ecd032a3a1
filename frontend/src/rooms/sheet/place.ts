/** A place on the sheet, and how keys go from one to another. */
import { signal } from "@preact/signals";

export interface Place {
  readonly layer: number;
  readonly revision: string;
}

/** The cell that is looked at: under the pointer, or that with the focus. */
export const looked = signal<Place | null>(null);
/** The cell that Tab reaches. */
export const active = signal<Place | null>(null);

/** Where a key goes from the active cell, or null where it is none of the grid's. */
export function step(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
  upward: readonly number[],
  columns: readonly string[],
  from: Place | null = active.peek(),
): Place | null {
  const row = Math.max(0, upward.indexOf(from?.layer ?? (upward.at(-1) as number)));
  const column = Math.max(0, columns.indexOf(from?.revision ?? (columns[0] as string)));
  const far = event.ctrlKey || event.metaKey;
  const [lastRow, lastColumn] = [upward.length - 1, columns.length - 1];
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [far ? lastRow : row, 0],
    End: [far ? 0 : row, lastColumn],
  };
  const to = moves[event.key];
  if (!to || event.altKey || (far && !["Home", "End"].includes(event.key))) return null;
  const within = (value: number, last: number): number => Math.min(last, Math.max(0, value));
  return {
    layer: upward[within(to[0], lastRow)] as number,
    revision: columns[within(to[1], lastColumn)] as string,
  };
}
