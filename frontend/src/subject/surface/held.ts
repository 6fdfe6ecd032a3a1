/** What the hand holds between pressing and letting go: a box to look into, or the window itself. Lines: `lines.ts`. */
import type { Pixel } from "../../field/line";
import { type Frame, NARROWEST, pan, span, tidy, toPlane } from "../../field/view";
import { pointer } from "../pointer";
import { change, view } from "../state";

/** A drag shorter than this is a click, CSS pixels. */
export const SLACK = 5;

export interface Held {
  move(at: Pixel): void;
  /** Let go; whether it was a drag. A press that is none is a click. */
  end(at: Pixel): boolean;
  /** Taken out of the hand: nothing more comes of it. */
  cancel(): void;
}

export interface Square extends Pixel {
  readonly side: number;
}

/** A square that will fill the picture. */
export function box(frame: Frame, from: Pixel, show: (square: Square | null) => void): Held {
  let square: Square | null = null;
  return {
    move(at) {
      const [dx, dy] = [at.x - from.x, at.y - from.y];
      const side = Math.max(Math.abs(dx), Math.abs(dy));
      square =
        side < SLACK
          ? null
          : { x: dx < 0 ? from.x - side : from.x, y: dy < 0 ? from.y - side : from.y, side };
      if (square) pointer.value = null;
      show(square);
    },
    end() {
      show(null);
      if (!square) return false;
      const low = toPlane(frame, square.x, square.y + square.side);
      const high = toPlane(frame, square.x + square.side, square.y);
      if (high.alpha - low.alpha >= NARROWEST[view.peek().dtype])
        change({ window: tidy({ alpha: [low.alpha, high.alpha], beta: [low.beta, high.beta] }) });
      return true;
    },
    cancel: () => show(null),
  };
}

/** The window, moved over the plane. */
export function plane(frame: Frame, from: Pixel): Held {
  const { window } = view.peek();
  change({ window: tidy(pan(window, 0, 0)) });
  return {
    move(at) {
      const alpha = (-(at.x - from.x) / frame.width) * span(window.alpha);
      const beta = ((at.y - from.y) / frame.height) * span(window.beta);
      change({ window: tidy(pan(window, alpha, beta)) }, "drift");
    },
    end: () => true,
    cancel: () => undefined,
  };
}
