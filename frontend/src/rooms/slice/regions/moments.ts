/** Where frames lie in the sheet, and what is known of each. */
import { frameNames } from "../../../subject/question";
import { position, steps } from "../../../subject/time/steps";
import { early, formed, placeIn } from "../state/forming";

/** Room beside the lines for their scales, CSS pixels at normal type. */
const SIDE = 56;

export function sideOf(): number {
  return (SIDE * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16;
}

export interface Moment {
  readonly revision: string;
  readonly x: number;
  readonly count: number | null;
  readonly within: number | null;
  readonly between: number | null;
  /** Spread of all outputs of the window together. */
  readonly overall: number | null;
}

/** Every frame of the scrubber, in its order, over a width; with its numbers where they are there. */
export function momentsOver(width: number): Moment[] {
  const side = sideOf();
  const told = formed.own.value;
  const at = placeIn.value;
  return frameNames.value.map((revision, i) => {
    const place = at.get(revision);
    const found =
      told && place !== undefined
        ? {
            count: told.count[place],
            within: told.within[place],
            between: told.between[place],
            overall: told.overall[place],
          }
        : early.value.get(revision);
    const number = (value: number | undefined): number | null =>
      value !== undefined && Number.isFinite(value) ? value : null;
    return {
      revision,
      x: side + position(steps.value, i) * (width - 2 * side),
      count: number(found?.count),
      within: number(found?.within),
      between: number(found?.between),
      overall: number(found?.overall),
    };
  });
}
