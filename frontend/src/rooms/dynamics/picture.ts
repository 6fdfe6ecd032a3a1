/** The room as a picture: the diagram with its exponents, the portrait beside it, the sentence below. */

import { plateInk, wrapped, write } from "../../export/plate";
import { drawDiagram, drawHair, drawStrip } from "./Diagram";
import { describeDiagram } from "./describe";
import { dynamics } from "./link";
import { portrait } from "./Side";
import { verdict } from "./words";

type Draw = (context: CanvasRenderingContext2D, width: number, height: number, ratio: number) => void;

/** One panel, by itself. */
export function panel(width: number, height: number, ratio: number, draw: Draw): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  if (context) {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, width, height, ratio);
  }
  return canvas;
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

const HEAD = 40;
const SHARE = 0.68;

/** The panels that stay while the hair-line moves. */
export interface Still {
  readonly diagram: HTMLCanvasElement;
  readonly strip: HTMLCanvasElement;
}

export function still({ width, height, ratio }: Size): Still {
  const wide = SHARE * width;
  const high = height - HEAD - 40;
  return {
    diagram: panel(wide, 0.72 * high, ratio, drawDiagram),
    strip: panel(wide, 0.28 * high, ratio, drawStrip),
  };
}

/** The whole picture at the present β. */
export function drawPicture(size: Size, from: Still = still(size)): HTMLCanvasElement {
  const { width, height, ratio } = size;
  const wide = SHARE * width;
  const high = height - HEAD - 40;
  const upper = 0.72 * high;
  const ink = plateInk();
  return panel(width, height, ratio, (context) => {
    const { seed, features, context: window, gamma, epsilon, beta } = dynamics.value;
    context.fillStyle = ink.ground;
    context.fillRect(0, 0, width, height);
    const title = `Mean-field self-attention · seed ${seed}, M = ${features}, L = ${window}, γ = ${gamma}, ε = ${epsilon}`;
    write(context, title, 12, 0.5 * HEAD, { size: 15, colour: ink.ink, weight: 650 });
    const found = `β = ${beta.toFixed(5)}: ${verdict.value}`;
    write(context, found, width - 12, 0.5 * HEAD, { size: 15, colour: ink.ink, align: "right", weight: 650 });
    const place = (canvas: HTMLCanvasElement, x: number, y: number): void =>
      context.drawImage(canvas, x, y, canvas.width / ratio, canvas.height / ratio);
    place(from.diagram, 0, HEAD);
    place(from.strip, 0, HEAD + upper);
    place(
      panel(wide, upper, ratio, (on, w, h) => drawHair(on, w, h, "diagram")),
      0,
      HEAD,
    );
    place(
      panel(wide, high - upper, ratio, (on, w, h) => drawHair(on, w, h, "strip")),
      0,
      HEAD + upper,
    );
    place(panel(width - wide, high, ratio, portrait), wide, HEAD);
    const lines = wrapped(describeDiagram(), width - 24, 12);
    for (const [n, line] of lines.slice(0, 2).entries())
      write(context, line, 12, height - 28 + 16 * n, { size: 12, colour: ink.quiet });
  });
}
