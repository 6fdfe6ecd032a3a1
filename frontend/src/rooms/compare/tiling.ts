/** How squares with something around each of them best fill a room. */
import type { Size } from "../../field/view";

export interface Tiling {
  readonly columns: number;
  /** Side of each square, whole pixels. */
  readonly side: number;
}

/**
 * The tiling with the largest squares.
 *
 * `around` is what each square needs beside its side: axes, a head, a line below. `gap` lies between tiles.
 */
export function tiling(count: number, room: Size, around: Size, gap: number): Tiling {
  let best: Tiling = { columns: 1, side: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const wide = (room.width - gap * (columns - 1)) / columns - around.width;
    const tall = (room.height - gap * (rows - 1)) / rows - around.height;
    const side = Math.floor(Math.min(wide, tall));
    if (side > best.side) best = { columns, side };
  }
  return best;
}
