/** The region that is pointed at, in the list or in the picture: everything else steps back. */
import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { drawLayer } from "../../../field/overlay";
import { spotLayer } from "../../../field/spot";
import { windowOf } from "../../../field/view";
import { dark } from "../../../shell/chrome";
import { listed, named } from "../state/regionMap";
import { box, placed } from "../state/shown";
import "./spotlight.css";

export default function Spotlight() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const [region, land, frame, { width, height }] = [named.value, listed.value, placed.value, box.value];
    const ground = dark.value;
    const element = canvas.current;
    if (!element || !frame) return;
    const ratio = Math.min(3, devicePixelRatio || 1);
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    const context = element.getContext("2d");
    if (!context || region === null || !land) return;
    const { nx, ny, regions } = land.atlas;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.beginPath();
    context.rect(frame.left, frame.top, frame.width, frame.height);
    context.clip();
    const grid = { nx, ny, window: windowOf(land.slice) };
    drawLayer(context, spotLayer(regions.of, region, grid, ground), frame);
  });
  return <canvas ref={canvas} class="spotlight" />;
}
